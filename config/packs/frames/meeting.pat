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

# Nor is that of a truce, a flight or an interview.
rule duration.other prio=5 :
    ( @value:LENGTH ~1 <term=other-length> | <term=other-length> ~2 @value:LENGTH ) => drop duration
  ex en "After the talks he announced a 30-hour truce." => nothing
  ex ru "После переговоров объявлено перемирие на 30 часов." => nothing
  ex ar "أعلنت بعد المحادثات هدنة لمدة 30 ساعة." => nothing

# Ten minutes to three days: what is longer is an age or a period.
rule duration.beside about=focus order=free reach=12 unless=hedged :
    @value:LENGTH(PT10M..P3D) $event => duration = @value
  ex en "The talks lasted six hours." => duration=PT6H
  ex ar "استمرت المحادثات لمدة ست ساعات ونصف." => duration=PT6H30M
  ex ru "Переговоры продлились около шести часов." => duration=~PT6H

rule venue.beside about=focus within=sentence order=free : @venue:VENUE $event => venue = @venue
  ex en "The talks were held at the residence of the U.S. consul general in Istanbul." => venue=us-cg-residence-istanbul

rule level.beside about=focus order=free : @level:LEVEL ( $event | <both-sides> ) => level = @level
  ex en "The talks were held at expert level." => level=expert
  ex ru "Переговоры прошли на уровне экспертов." => level=expert
  ex ar "عقدت المحادثات على مستوى الخبراء." => level=expert
rule level.promised about=next|summit : @level:LEVEL => level = @level

# --- who led -----------------------------------------------------------------------------------------------------------

# Verb, party and person in any order: "делегацию США возглавляла X", "ترأس الوفد الأمريكي X", "the US side was led by X".
rule head.of-party about=focus order=free reach=12 prio=1 unless=hedged :
    @person:( PERSON | NAME ) @party:PARTY(own) <head> => head.{@party} = @person
  ex en "The US side was led by Sonata Coulter." => head.us=sonata-coulter
  ex ru "Делегацию США возглавляла Соната Коултер." => head.us=sonata-coulter
  ex ar "ترأس الوفد الأميركي سوناتا كولتر." => head.us=sonata-coulter

# "The head of the Russian delegation, X", "X, глава делегации США", "رئيس الوفد الروسي X", "Russia's chief negotiator X".
let office = ( <term=chief> ~3 @party:PARTY(own) ~1 <term=delegation>
    | <term=chief> ~2 <term=delegation> ~1 @party:PARTY(own)
    | @party:PARTY(own) ~2 <term=negotiator> )
rule head.office about=focus prio=1 :
    ( $office ~2 @person:( PERSON | NAME ) | @person:( PERSON | NAME ) ~2 $office ) => head.{@party} = @person
  ex en "The head of the Russian delegation, Alexander Darchiev, spoke to reporters." => head.ru=alexander-darchiev
  ex ru "Глава делегации США Соната Коултер вышла к прессе." => head.us=sonata-coulter
  ex ar "تحدث رئيس الوفد الروسي ألكسندر دارتشييف إلى الصحفيين." => head.ru=alexander-darchiev

# A person whose party is known needs no party beside.
rule head.beside about=focus order=free reach=14 unless=hedged : @person:PERSON(own) <head> => head.{@person} = @person
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
    ( @person:PERSON ~1 <report> $ | ^ ~4 @person:PERSON ~1 <report> | <report> !<head> ~6 @person:PERSON ~1 $ ) => drop head
  ex en "Sergei Lavrov said Sonata Coulter had led the talks." => head.us=sonata-coulter
  ex ar "قال سيرغي لافروف إن سوناتا كولتر ترأست المحادثات." => head.us=sonata-coulter

# Who comes along does not lead.
rule head.companion prio=5 : <term=companion> ~6 @person:PERSON => drop head
  ex en "Sonata Coulter led the US team, accompanied by Andrew Peek." => head.us=sonata-coulter

# "The delegations will be led by directors, Ryabkov told the agency": in English who speaks stands before the verb.
rule head.said lang=en prio=5 : <head> ~20 @person:PERSON <report> => drop head

# --- what the sides think of it ----------------------------------------------------------------------------------------

rule outcome.said about=focus when=held within=sentence :
    @who:$judge ~60 @word:ASSESSMENT => outcome = {@who}:@word
  ex en "The State Department called the talks constructive." => outcome=us:constructive
  ex ru "МИД РФ назвал разговор предметным." => outcome=ru:substantive
  ex ar "وصفت وزارة الخارجية الأميركية المحادثات بأنها بناءة." => outcome=us:constructive
rule outcome.behind about=focus when=held :
    @word:ASSESSMENT ~60 @who:$judge => outcome = {@who}:@word
rule outcome.speaker about=focus when=held prio=-1 : @word:ASSESSMENT => outcome = {speaker}:@word

# --- what is promised --------------------------------------------------------------------------------------------------

rule date.unset when=open within=sentence order=free reach=7 : <unset> <date-word> => date = unset
  ex en "The date of the follow-up meeting has not been set." => date=unset
  ex en "No date has been set for the next round." => date=unset
  ex ru "Дата следующей встречи пока не назначена." => date=unset
  ex ar "لم يتم تحديد موعد أو مكان لذلك." => date=unset

rule date.unset-when when=open within=sentence : <unset=date> => date = unset
  ex en "It is not known when and where they will meet; when and where has not been decided." => date=unset

# "He said on Monday" dates the saying.
rule date.said about=next|summit : <report> ~20 @day:DATE(come) => drop date
rule date.promised about=next|summit order=free unless=hedged :
    @day:DATE(ahead, ..100d) $event => date = @day
  ex en "The next round will be held on 10 April." => date=2025-04-10
  ex ru "Следующая встреча пройдет 10 апреля." => date=2025-04-10
  ex ar "ستعقد الجولة المقبلة في 10 نيسان/أبريل." => date=2025-04-10
rule date.said-behind about=next|summit : @day:DATE(come) ~20 <report> => drop date
rule date.alone about=next|summit prio=-1 unless=hedged : @day:DATE(ahead, ..100d) => date = @day

rule status.proposed about=next|summit prio=1 unless=hedged : <proposed> => status = proposed
rule status.announced about=next|summit unless=hedged : <future> => status = announced
# "The next round may be in Moscow" promises nothing, wherever "may" stands.
rule status.announced-next about=next|summit unless=<hedge> : <next> => status = announced

rule city.promised about=next|summit order=free unless=hedged : @place:PLACE(at) $promise => city = @place
  ex en "The next round will be held in Istanbul." => city=istanbul
  ex ru "Следующая встреча пройдет в Стамбуле." => city=istanbul
  ex ar "ستعقد الجولة المقبلة في إسطنبول." => city=istanbul

# --- what is talked about ----------------------------------------------------------------------------------------------

rule topic.off about=focus|next in=text group=topic prio=30 order=free reach=25 :
    @topic:TOPIC <off-agenda> => off_agenda = @topic
  ex en "Ukraine was not on the agenda." => off_agenda=ukraine
  ex ru "Украина не обсуждалась." => off_agenda=ukraine
  ex ar "أوكرانيا ليست على جدول الأعمال." => off_agenda=ukraine

# "They tried to agree on …": no agreement yet.
rule topic.attempt about=focus|next in=text prio=20 order=free reach=25 : @topic:TOPIC <attempt> => drop topic

# A party behind "in" is a place and demands nothing.
rule topic.demand about=focus|next in=text group=topic prio=15 unless=hedged :
    ( !<locative> ~1 @who:$side ~8 <demand> ~25 @topic:TOPIC | <demand> ~8 !<locative> @who:$side ~25 @topic:TOPIC
    | @topic:TOPIC ~25 <demand> ~8 !<locative> @who:$side | @topic:TOPIC ~25 !<locative> @who:$side ~8 <demand> )
    => demand = {@who}:@topic
  ex en "Moscow raised direct flights." => demand=ru:direct-flights
  ex ru "Россия поставила вопрос о прямых рейсах." => demand=ru:direct-flights
  ex ar "طرح الجانب الروسي إعادة الممتلكات." => demand=ru:property-return
rule topic.concern about=focus|next in=text group=topic prio=15 unless=hedged :
    ( <term=voice> ~2 @who:$side ~2 <term=concern> | @who:$side ~4 <term=voice> ~3 <term=concern> ) ~25 @topic:TOPIC
    => demand = {@who}:@topic
  ex en "Washington voiced its concern about visas." => demand=us:visas
  ex ru "Вашингтон высказал озабоченность положением местных сотрудников." => demand=us:local-staff
  ex ar "أعربت واشنطن عن قلق حول توظيف العاملين المحليين." => demand=us:local-staff
rule topic.demand-said about=focus|next in=text group=topic prio=14 order=free reach=25 unless=hedged :
    @topic:TOPIC <demand> => demand = {speaker}:@topic
rule topic.demand-nobody about=focus|next in=text prio=12 order=free reach=25 : @topic:TOPIC <demand> => drop topic

rule topic.agreed about=focus|next in=text group=topic prio=10 order=free reach=25 unless=hedged :
    @topic:TOPIC <agreement> => agreement = @topic
rule topic.discussed about=focus|next in=text group=topic prio=5 order=free reach=25 unless=hedged :
    @topic:TOPIC <agenda> => agenda = @topic
  ex en "The delegations discussed visas." => agenda=visas
  ex ru "Стороны обсудили прямые рейсы." => agenda=direct-flights
  ex ar "ناقش الوفدان التأشيرات." => agenda=visas

# --- what a correction takes back --------------------------------------------------------------------------------------

rule corrected.venue about=correction : @venue:VENUE => venue = @venue
rule corrected.head about=correction order=free reach=14 : @person:PERSON(own) <head> => head.{@person} = @person
rule corrected.date about=correction : @day:DATE => date = @day
rule corrected.duration about=correction : @value:LENGTH => duration = @value
