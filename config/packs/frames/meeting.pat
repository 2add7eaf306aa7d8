# How the slots of a meeting are read. Every rule works in every language, because the word lists of the languages give
# the tags. `../README.md` describes the rules; `marsad pack check` tries the examples.

# A word that a date, a place or a length of time may belong to.
let event = <meeting|summit|held|underway|future|cancelled|postponed|proposed|lasted|next>
# A word that promises a meeting.
let promise = <future|proposed|next>
# Somebody who stands for one of the storyline's parties.
let side = ( PARTY(own) | PERSON(own) | ORG(own) )
let judge = ( PERSON(own) | ORG(own) )

# --- how long, where in the city, on which level -----------------------------------------------------------------------

# The length of a call is not the meeting's.
rule duration.call order=free reach=12 : @value:LENGTH <call> => drop duration

# Ten minutes to three days: what is longer is an age or a period.
rule duration.beside about=focus order=free reach=12 unless=hedged :
    @value:LENGTH(PT10M..P3D) $event => duration = @value
  ex en "The talks lasted six hours." => duration=PT6H
  ex ar "استمرت المحادثات لمدة ست ساعات ونصف." => duration=PT6H30M
  ex ru "Переговоры продлились около шести часов." => duration=~PT6H

rule venue.beside about=focus within=sentence order=free : @venue:VENUE $event => venue = @venue
  ex en "The talks were held at the residence of the U.S. consul general in Istanbul." => venue=us-cg-residence-istanbul

rule level.beside about=focus order=free : @level:LEVEL ( $event | <both-sides> ) => level = @level
rule level.promised about=next|summit : @level:LEVEL => level = @level

# --- who led -----------------------------------------------------------------------------------------------------------

# Verb, party and person in any order: "делегацию США возглавляла X", "ترأس الوفد الأمريكي X", "the US side was led by X".
rule head.of-party about=focus order=free reach=12 prio=1 :
    @person:( PERSON | NAME ) @party:PARTY(own) <head> => head.{@party} = @person
  ex en "The US side was led by Sonata Coulter." => head.us=sonata-coulter
  ex ru "Делегацию США возглавляла Соната Коултер." => head.us=sonata-coulter
  ex ar "ترأس الوفد الأميركي سوناتا كولتر." => head.us=sonata-coulter

# A person whose party is known needs no party beside.
rule head.beside about=focus order=free reach=14 : @person:PERSON(own) <head> => head.{@person} = @person
  ex en "The talks were led by Alexander Darchiev and Sonata Coulter." => head.ru=alexander-darchiev, head.us=sonata-coulter

# "Американскую делегацию возглавила X, а российскую — Y": the verb stands once.
rule head.left-out about=focus within=sentence :
    <head> ~40 @party:PARTY(own) ~8 !( PERSON | <report|head|held|future> ) @person:( PERSON | NAME )
    => head.{@party} = @person
  ex ru "Американскую делегацию возглавила Соната Коултер, а российскую — Александр Дарчиев." => head.ru=alexander-darchiev

# "X, who chairs a committee, led the delegation": the verb stands in the clause that "who" opens.
rule head.who about=focus within=sentence :
    @person:PERSON(own) <clause> ~14 <head> => head.{@person} = @person
  ex en "Grigory Karasin, who chairs a committee of the upper house, led the team." => head.ru=grigory-karasin

# Who says who led did not lead.
rule head.speaker prio=5 :
    ( @person:PERSON ~1 <report> $ | ^ ~4 @person:PERSON ~1 <report> | <report> ~6 @person:PERSON ~1 $ ) => drop head
  ex en "Sergei Lavrov said Sonata Coulter had led the talks." => head.us=sonata-coulter
  ex ar "قال سيرغي لافروف إن سوناتا كولتر ترأست المحادثات." => head.us=sonata-coulter

# "The delegations will be led by directors, Ryabkov told the agency": in English who speaks stands before the verb.
rule head.said lang=en prio=5 : <head> ~20 @person:PERSON <report> => drop head

# --- what the sides think of it ----------------------------------------------------------------------------------------

rule outcome.said about=focus when=held within=sentence :
    @who:$judge ~60 @word:ASSESSMENT => outcome = {@who}:@word
rule outcome.behind about=focus when=held :
    @word:ASSESSMENT ~60 @who:$judge => outcome = {@who}:@word
rule outcome.speaker about=focus when=held prio=-1 : @word:ASSESSMENT => outcome = {speaker}:@word

# --- what is promised --------------------------------------------------------------------------------------------------

rule date.unset when=open within=sentence order=free reach=7 : <unset> <date-word> => date = unset
  ex en "The date of the follow-up meeting has not been set." => date=unset
rule date.unset-when when=open within=sentence : <unset=date> => date = unset
  ex en "It is not known when and where they will meet; when and where has not been decided." => date=unset

# "He said on Monday" dates the saying.
rule date.said about=next|summit : <report> ~20 @day:DATE => drop date
rule date.promised about=next|summit order=free unless=hedged :
    @day:DATE(ahead, ..100d) $event => date = @day
rule date.said-behind about=next|summit : @day:DATE ~20 <report> => drop date
rule date.alone about=next|summit prio=-1 unless=hedged : @day:DATE(ahead, ..100d) => date = @day

rule status.proposed about=next|summit prio=1 unless=hedged : <proposed> => status = proposed
rule status.announced about=next|summit unless=hedged : <future|next> => status = announced

rule city.promised about=next|summit order=free unless=hedged : @place:PLACE(at) $promise => city = @place

# --- what is talked about ----------------------------------------------------------------------------------------------

rule topic.off about=focus|next in=text group=topic prio=30 order=free reach=25 :
    @topic:TOPIC <off-agenda> => off_agenda = @topic

# "They tried to agree on …": no agreement yet.
rule topic.attempt about=focus|next in=text prio=20 order=free reach=25 : @topic:TOPIC <attempt> => drop topic

rule topic.demand about=focus|next in=text group=topic prio=15 unless=hedged :
    ( @who:$side ~8 <demand> ~25 @topic:TOPIC | <demand> ~8 @who:$side ~25 @topic:TOPIC
    | @topic:TOPIC ~25 <demand> ~8 @who:$side | @topic:TOPIC ~25 @who:$side ~8 <demand> )
    => demand = {@who}:@topic
rule topic.demand-said about=focus|next in=text group=topic prio=14 order=free reach=25 unless=hedged :
    @topic:TOPIC <demand> => demand = {speaker}:@topic
rule topic.demand-nobody about=focus|next in=text prio=12 order=free reach=25 : @topic:TOPIC <demand> => drop topic

rule topic.agreed about=focus|next in=text group=topic prio=10 order=free reach=25 unless=hedged :
    @topic:TOPIC <agreement> => agreement = @topic
rule topic.discussed about=focus|next in=text group=topic prio=5 order=free reach=25 unless=hedged :
    @topic:TOPIC <agenda> => agenda = @topic

# --- what a correction takes back --------------------------------------------------------------------------------------

rule corrected.venue about=correction : @venue:VENUE => venue = @venue
rule corrected.head about=correction order=free reach=14 : @person:PERSON(own) <head> => head.{@person} = @person
rule corrected.date about=correction : @day:DATE => date = @day
rule corrected.duration about=correction : @value:LENGTH => duration = @value
