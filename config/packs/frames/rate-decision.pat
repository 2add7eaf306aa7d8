# How the slots of a rate decision are read, in every language. `../README.md` describes the rules; `marsad pack check`
# tries the examples. Status, date and place of the decision that an article reports are found without rules.

# What a bank does to its rate. A plan, a forecast or a denial of the same is a longer phrase, `rate-plan`.
# "Decided … to cut": the infinitive or noun alone is a plan, or what others wish.
let cut = ( <term=rate-cut> | <term=rate-decide> ~14 !<term=rate-plan> <term=to-cut> )
let raised = ( <term=rate-raise> | <term=rate-decide> ~14 !<term=rate-plan> <term=to-raise> )
let kept = ( <term=rate-keep> | <term=rate-decide> ~14 !<term=rate-plan> <term=to-keep> )
let move = ( $cut | $raised )
let deed = ( $cut | $raised | $kept )
let rate = <term=key-rate>
# What must not stand between a deed and its rate: another deed, another quantity, a forecast, another bank.
let other = <term=rate-cut|term=rate-raise|term=rate-keep|term=rate-plan|term=other-rate|term=forecast|term=other-bank>
let level = ( @rate:NUMBER(%, 0..100) | @rate:NUMBER(0..100) <term=percent> )

# --- what was decided --------------------------------------------------------------------------------------------------

rule decision.cut about=focus when=held unless=hedged :
    ( $cut ~7 !$other $rate | $rate ~2 !$other <term=rate-cut> ) => decision = cut
  ex en "The Bank of Russia lowered its key rate to 18%." => decision=cut
  ex ru "Банк России понизил ключевую ставку." => decision=cut
  ex ar "خفض البنك المركزي الروسي سعر الفائدة الرئيسي." => decision=cut
  ex ru "Ключевая ставка снижена." => decision=cut
  ex en "The bank lowered its inflation forecast and discussed the key rate." => nothing
  ex en "Analysts polled on the key rate see a further cut." => nothing

rule decision.raised about=focus when=held unless=hedged :
    ( $raised ~7 !$other $rate | $rate ~2 !$other <term=rate-raise> ) => decision = raised
  ex en "The board voted to raise the key rate." => decision=raised
  ex ru "Регулятор поднял ключевую ставку сразу на 200 базисных пунктов." => decision=raised
  ex ru "Совет директоров принял решение повысить ключевую ставку." => decision=raised
  ex ar "رفع البنك المركزي الروسي سعر الفائدة الرئيسي." => decision=raised
  ex ru "Аналитики предлагали повысить ключевую ставку." => nothing

rule decision.held about=focus when=held unless=hedged :
    ( $kept ~7 !$other $rate | $rate ~2 !$other <term=rate-keep> ) => decision = held
  ex en "The bank left its key rate unchanged." => decision=held
  ex ru "ЦБ оставил ключевую ставку без изменений." => decision=held
  ex ar "أبقى البنك المركزي الروسي سعر الفائدة الرئيسي دون تغيير." => decision=held
  ex en "The bank left its inflation target in place." => nothing

rule decision.taken about=focus when=held unless=hedged :
    <term=rate-take> ~2 NUMBER <term=bp> <term=rate-off> ~2 $rate => decision = cut
  ex en "The bank took 100 basis points off its key rate." => decision=cut

# --- where the rate stands ---------------------------------------------------------------------------------------------

rule rate.set about=focus when=held unless=hedged :
    ( $deed ~7 !$other $rate | $rate ~2 !$other $deed ) ~10 !$other <term=rate-to> ~1 $level => rate = @rate
  ex en "The bank cut its key rate by 100 basis points to 20%." => rate=20%
  ex en "The bank kept its key rate at 21 per cent." => rate=21%
  ex ru "Банк России снизил ключевую ставку с 21% до 20%." => rate=20%
  ex ru "Ключевая ставка осталась на уровне 16,5%." => rate=16.5%
  ex ar "خفض البنك المركزي الروسي سعر الفائدة الرئيسي بمقدار 200 نقطة أساس إلى 18%." => rate=18%
  ex ar "أبقى البنك المركزي الروسي سعر الفائدة الرئيسي عند 21%." => rate=21%
  ex en "The bank left its key rate unchanged at 21%." => rate=21%
  ex ru "ЦБ оставил ключевую ставку без изменений на уровне 21%." => rate=21%
  ex ar "أبقى البنك المركزي الروسي سعر الفائدة الرئيسي دون تغيير عند 21%." => rate=21%
  ex ru "Банк России снизил ключевую ставку на 0,5 процентного пункта, до 16,5% годовых." => rate=16.5%
  ex ar "قرر البنك المركزي الروسي في ختام اجتماع مجلس إدارته إبقاء سعر الفائدة الرئيسي عند 21%." => rate=21%
  ex en "Some proposed keeping the key rate at 17%." => nothing
  ex en "The bank left its inflation target at 4%." => nothing
  ex ru "Банк сохранил прогноз по средней ставке на уровне 20%." => nothing

# A dash before the new rate: "снизил ключевую ставку на 100 б.п. — до 17%".
rule rate.behind-dash about=focus when=held within=sentence unless=hedged prio=-1 :
    $deed ~7 !$other $rate ~7 !$other <term=rate-to> ~1 $level => rate = @rate
  ex ru "Банк России снизил ключевую ставку на 0,5 процентного пункта — до 16,5% годовых." => rate=16.5%

# --- by how much -------------------------------------------------------------------------------------------------------

rule change.points about=focus when=held unless=hedged :
    ( ( $move ~7 !$other $rate | $rate ~2 !$other $move ) ~4 !$other @change:NUMBER(1..3000) <term=bp>
    | $move ~3 !$other @change:NUMBER(1..3000) <term=bp> ~5 !$other $rate
    | <term=rate-take|term=rate-add> ~2 @change:NUMBER(1..3000) <term=bp> ~3 $rate ) => change = @change
  ex en "The bank lowered its key rate by 100 basis points." => change=100bp
  ex ru "Банк России снизил ключевую ставку на 200 базисных пунктов, до 18%." => change=200bp
  ex ru "Регулятор понизил на 50 б.п. ключевую ставку." => change=50bp
  ex ar "خفض البنك المركزي الروسي سعر الفائدة الرئيسي بمقدار 200 نقطة أساس." => change=200bp
  ex en "The bank took 100 basis points off its key rate." => change=100bp

# Percentage points, in words: one is a hundred basis points.
rule change.quarter about=focus when=held unless=hedged : $move ~7 !$other $rate ~3 <term=points-25> => change = 25bp
rule change.half about=focus when=held unless=hedged : $move ~7 !$other $rate ~3 <term=points-50> => change = 50bp
rule change.one about=focus when=held unless=hedged : $move ~7 !$other $rate ~3 <term=points-100> => change = 100bp
  ex en "The bank cut its key rate by one percentage point." => change=100bp
rule change.two about=focus when=held unless=hedged : $move ~7 !$other $rate ~3 <term=points-200> => change = 200bp
  ex ru "ЦБ повысил ключевую ставку на 2 процентных пункта." => change=200bp
  ex ar "رفع البنك المركزي الروسي سعر الفائدة الرئيسي نقطتين مئويتين." => change=200bp
rule change.three about=focus when=held unless=hedged : $move ~7 !$other $rate ~3 <term=points-300> => change = 300bp

# --- what another bank did ---------------------------------------------------------------------------------------------

rule decision.other prio=20 : <term=other-bank> ~8 $deed ~8 $rate => drop decision
  ex en "The Federal Reserve held its key rate." => nothing
rule rate.other prio=20 : <term=other-bank> ~8 $deed ~8 $rate ~12 @rate:NUMBER => drop rate
  ex en "The European Central Bank on Thursday cut its key rate to 2%." => nothing
rule change.other prio=20 : <term=other-bank> ~8 $deed ~8 $rate ~12 @change:NUMBER <term=bp> => drop change

# --- what is promised --------------------------------------------------------------------------------------------------

let event = <meeting|future|proposed|next>

rule date.unset when=open within=sentence order=free reach=7 : <unset> <date-word> => date = unset
  ex en "No date has been set for the next rate meeting." => date=unset

# "He said on Monday" dates the saying.
rule date.said about=next : <report> ~20 @day:DATE => drop date
rule date.promised about=next order=free unless=hedged : @day:DATE(ahead, ..100d) $event => date = @day
  ex en 2025-02-14 "The board will next review the rate on March 21." => date=2025-03-21
  ex ru 2025-03-21 "Следующее заседание по ключевой ставке назначено на 25 апреля." => date=2025-04-25
  ex ar 2025-04-25 "يعقد المجلس اجتماعه المقبل بشأن الفائدة في 6 يونيو/حزيران." => date=2025-06-06
rule date.said-behind about=next : @day:DATE ~20 <report> => drop date
rule date.alone about=next prio=-1 unless=hedged : @day:DATE(ahead, ..100d) => date = @day

rule status.proposed about=next prio=1 unless=hedged : <proposed> => status = proposed
rule status.announced about=next unless=hedged : <future|next> => status = announced

# --- what a correction takes back --------------------------------------------------------------------------------------

rule corrected.rate about=correction : <term=rate-to> ~1 $level => rate = @rate
rule corrected.date about=correction : @day:DATE => date = @day
