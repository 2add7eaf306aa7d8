#!/usr/bin/env python3
"""What datasketch makes of a corpus that `cargo bench --bench copies` has written: MinHashLSH with threshold 0.5 and 128
permutations over sets of word 3-shingles, as its documentation shows. Prints one JSON object: microseconds a text, those for
cutting it into words apart, and for each text the most similar earlier one of an estimated similarity of 0.5 or more."""
import json
import re
import sys
import time

from datasketch import MinHash, MinHashLSH

texts = [json.loads(line)["text"] for line in open(sys.argv[1], encoding="utf-8")]
lsh, sketches, copy_of = MinHashLSH(threshold=0.5, num_perm=128), [], []
cutting = spent = 0.0
for number, text in enumerate(texts):
    begun = time.perf_counter()
    words = re.findall(r"\w+", text.lower())
    cut = time.perf_counter()
    shingles = {" ".join(words[at:at + 3]) for at in range(max(1, len(words) - 2))}
    sketch = MinHash(num_perm=128)
    sketch.update_batch([shingle.encode() for shingle in shingles])
    best = max(((sketch.jaccard(sketches[of]), -of) for of in lsh.query(sketch)), default=(0, 0))
    copy_of.append(-best[1] if best[0] >= 0.5 else None)
    lsh.insert(number, sketch)
    sketches.append(sketch)
    cutting += cut - begun
    spent += time.perf_counter() - cut
us = 1e6 / len(texts)
json.dump({"each_us": spent * us, "cutting_us": cutting * us, "copy_of": copy_of}, sys.stdout)
