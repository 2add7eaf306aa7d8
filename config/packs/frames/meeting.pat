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
    ( @value:LENGTH ~1 <term=other-length> | <term=other-length> !<meeting> ~5 @value:LENGTH ) => drop duration
  ex en "After the talks he announced a 30-hour truce." => nothing
  ex ru "После переговоров объявлено перемирие на 30 часов." => nothing
  ex ar "أعلنت بعد المحادثات هدنة لمدة 30 ساعة." => nothing

# Ten minutes to a day: what is longer is an age or a period, or the days of a meeting.
rule duration.beside about=focus order=free reach=12 unless=hedged :
    @value:LENGTH(PT10M..PT23H) $event => duration = @value
  ex en "The talks lasted six hours." => duration=PT6H
  ex ar "استمرت المحادثات لمدة ست ساعات ونصف." => duration=PT6H30M
  ex ru "Переговоры продлились около шести часов." => duration=~PT6H

# What they spent with others is not the meeting's.
rule duration.with-others within=sentence order=free reach=8 prio=2 :
    @value:LENGTH ( <with> ~1 ( PARTY(other) | PERSON(other) | "counterpart" | "نظيره" | "نظيرته" ) ) => drop duration
  ex en "He spoke after two hours of talks with his Qatari counterpart." => nothing
  ex ru "На разговор с украинской делегацией у них ушло пять часов." => nothing
  ex ar "تحدث بعد ساعتين من المحادثات مع نظيره القطري." => nothing
rule duration.spent about=focus when=held order=free reach=10 prio=-1 unless=hedged :
    @value:LENGTH(PT10M..PT23H) <term=spend> => duration = @value
  ex en "Six hours behind closed doors." => duration=PT6H
  ex ru "За закрытыми дверями делегации пробыли шесть часов." => duration=PT6H
  ex ar "ست ساعات خلف أبواب مغلقة." => duration=PT6H

rule venue.beside about=focus within=sentence order=free : @venue:VENUE ( $event | <host|both-sides|term=spend|term=delegation|term=outside> ) => venue = @venue
  ex en "The talks were held at the residence of the U.S. consul general in Istanbul." => venue=us-cg-residence-istanbul

# "An official at the embassy", "staff at the embassy": no place of a meeting.
rule venue.office prio=5 : ( <anonymous|role|report|topic|demand> ~3 @venue:<venue-type=embassy> ) => drop venue
  ex en "An official at the U.S. embassy said the talks were held." => nothing
  ex ru "Источник в американском посольстве сообщил о встрече." => nothing
  ex ar "أكد مسؤول في السفارة الأميركية انعقاد اللقاء." => nothing

rule level.beside about=focus order=free reach=15 : @level:LEVEL ( $event | <both-sides> ) => level = @level
  ex en "The talks were held at expert level." => level=expert
  ex ru "Переговоры прошли на уровне экспертов." => level=expert
  ex ar "عقدت المحادثات على مستوى الخبراء." => level=expert
rule level.format about=focus : ( @level:LEVEL ~4 <term=format> | <term=format> ~4 @level:LEVEL ) => level = @level
  ex en "The level was raised to deputy ministers." => level=deputy-ministerial
  ex ru "Формат останется экспертным." => level=expert
  ex ar "ارتفع مستوى التمثيل إلى نواب الوزراء." => level=deputy-ministerial
rule level.promised about=next|summit : @level:LEVEL => level = @level
# "Experts from the two ministries will meet": who meets gives the level; experts who only say so do not.
rule level.made-up about=focus|next prio=-1 unless=<report> :
    ( <term=made-up> | <term=delegation|both-sides> <term=made-up>? ) ~2 <term=experts> => level = expert
  ex en "The delegations are made up of experts." => level=expert
  ex ru "В делегации вошли эксперты." => level=expert
  ex ar "يتألف الوفدان من خبراء." => level=expert
rule level.who about=focus|next prio=-1 unless=<report> :
    ( <term=experts> ~3 ( PARTY(own) | <both-sides|term=ministries> ) | PARTY(own) ~3 <term=experts> )
    ( ~8 <future|held|underway|meeting> ) => level = expert
  ex en "Experts from both ministries will meet." => level=expert
  ex ru "Российские и американские эксперты проведут консультации." => level=expert
  ex ar "خبراء من الوزارتين سيلتقون." => level=expert

# --- who led -----------------------------------------------------------------------------------------------------------

# Verb, party and person in any order: "делегацию США возглавляла X", "ترأس الوفد الأمريكي X", "the US side was led by X".
rule head.of-party about=focus order=free reach=12 prio=1 unless=hedged :
    @person:PERSON @party:PARTY(own) <head> => head.{@party} = @person
  ex en "The US side was led by Sonata Coulter." => head.us=sonata-coulter
  ex ru "Делегацию США возглавляла Соната Коултер." => head.us=sonata-coulter
  ex ar "ترأس الوفد الأميركي سوناتا كولتر." => head.us=sonata-coulter

# "The head of the Russian delegation, X", "X, глава делегации США", "رئيس الوفد الروسي X", "Russia's chief negotiator X".
let office = ( <term=chief> ~3 @party:PARTY(own) ~1 <term=delegation>
    | <term=chief> ~2 <term=delegation> ~1 @party:PARTY(own)
    | @party:PARTY(own) ~2 <term=negotiator> )
rule head.office about=focus prio=6 :
    ( $office ~2 @person:PERSON | @person:PERSON ~2 $office ) => head.{@party} = @person
  ex en "The head of the Russian delegation, Alexander Darchiev, spoke to reporters." => head.ru=alexander-darchiev
  ex ru "Глава делегации США Соната Коултер вышла к прессе." => head.us=sonata-coulter
  ex ar "تحدث رئيس الوفد الروسي ألكسندر دارتشييف إلى الصحفيين." => head.ru=alexander-darchiev

# A person whose party is known needs no party beside.
rule head.beside about=focus order=free reach=14 unless=hedged : @person:PERSON(own) <head> => head.{@person} = @person
  ex en "The talks were led by Alexander Darchiev and Sonata Coulter." => head.ru=alexander-darchiev, head.us=sonata-coulter

# "Американскую делегацию возглавила X, а российскую — Y": the verb stands once.
rule head.left-out about=focus within=sentence :
    <head> ~40 @party:PARTY(own) ~8 !( PERSON | <report|head|held|future> ) @person:PERSON
    => head.{@party} = @person
  ex ru "Американскую делегацию возглавила Соната Коултер, а российскую — Александр Дарчиев." => head.ru=alexander-darchiev

# The same with a name that no gazetteer has, where none of the gazetteer is named as that side's.
rule head.unlisted about=focus prio=-1 unless=hedged :
    ( @party:PARTY(own) ~3 <head> ~4 @person:NAME | <head> ~3 @party:PARTY(own) ~4 @person:NAME
    | @person:NAME !<report|and> ~10 <head> ~3 @party:PARTY(own) ) => head.{@party} = @person
  ex en "The US side was led by Jane Roe." => head.us=jane-roe
  ex ru "Российскую делегацию возглавил Петр Иванов, американскую — Соната Коултер." => head.ru=Петр Иванов
rule head.unlisted-office about=focus prio=-1 : ( $office ~2 @person:NAME | @person:NAME ~2 $office ) => head.{@party} = @person
  ex en "The head of the Russian delegation, Pyotr Ivanov, spoke to reporters." => head.ru=pyotr-ivanov
rule head.unlisted-left-out about=focus within=sentence prio=-1 :
    <head> ~40 @party:PARTY(own) ~8 !( PERSON | <report|head|held|future> ) @person:NAME => head.{@party} = @person
  ex en "The American side was headed by Sonata Coulter, and the Russian by Pyotr Ivanov." => head.ru=pyotr-ivanov

# "X, who chairs a committee, led the delegation": the verb stands in the clause that "who" opens.
rule head.who about=focus within=sentence :
    @person:PERSON(own) <clause> ~14 <head> => head.{@person} = @person
  ex en "Grigory Karasin, who chairs a committee of the upper house, led the team." => head.ru=grigory-karasin

# Who says who led did not lead.
rule head.speaker prio=5 :
    ( @person:PERSON ~1 <report> $ | ^ ~4 @person:PERSON ~1 <report> | <report> !<head> ~6 @person:PERSON ~1 $ ) => drop head
  ex en "Sergei Lavrov said Sonata Coulter had led the talks." => head.us=sonata-coulter
  ex ar "قال سيرغي لافروف إن سوناتا كولتر ترأست المحادثات." => head.us=sonata-coulter

# "X replaces Y at the head of the team": X leads, Y does not.
rule head.replaced prio=7 within=sentence : <term=replace> !PERSON ~3 @person:PERSON => drop head
rule head.replacing about=focus|next prio=8 within=sentence :
    ( @person:PERSON(own) ~1 <term=replace> ~10 <head|term=delegation> | <head> ~25 @person:PERSON(own) ~1 <term=replace>
    | <term=replace> ~1 @person:PERSON(own) ~1 <term=replace> ) => head.{@person} = @person
  ex en "Andrew Peek will replace Sonata Coulter as the head of the US delegation." => head.us=andrew-peek
  ex ru "Эндрю Пик заменит Сонату Коултер во главе делегации." => head.us=andrew-peek
  ex ar "سيحل أندرو بيك محل سوناتا كولتر على رأس الوفد الأميركي." => head.us=andrew-peek
# Who was to lead does not.
rule head.was-due prio=6 within=sentence : <was-due> !<head> ~6 <head> ~3 @person:PERSON => drop head
  ex ar "كان من المنتظر أن تقود سوناتا كولتر الوفد." => nothing

# Who comes along does not lead.
rule head.companion prio=5 : <term=companion> ~6 @person:PERSON => drop head
  ex en "Sonata Coulter led the US team, accompanied by Andrew Peek." => head.us=sonata-coulter

# "The delegations will be led by directors, Ryabkov told the agency": in English who speaks stands before the verb.
rule head.said lang=en prio=5 : <head> ~20 @person:PERSON <report> => drop head

# --- what the sides think of it ----------------------------------------------------------------------------------------

# "The progress was minimal" is one judgement.
rule outcome.minimal when=held prio=9 order=free reach=8 : @word:<assessment=progress> <assessment=minimal-progress> => drop outcome
  ex ru "Продвижение замминистра Рябков назвал минимальным." => outcome=ru:minimal-progress
# "Moscow called the talks useful", "the Russian ambassador described …", "in Washington they found …".
rule outcome.deemed about=focus when=held within=sentence prio=3 unless=negated :
    ( !<with> ~1 @who:PARTY(own) ~3 | !<with> ~1 @who:$judge !<term=deem> ~8 ) <term=deem> !<clause> ~25 @word:ASSESSMENT
    => outcome = {@who}:@word
  ex en "Moscow called the talks constructive." => outcome=ru:constructive
  ex ru "В Вашингтоне встречу сочли полезной." => outcome=us:useful
# The verb stands first in Arabic, and elsewhere where nobody stands before it.
rule outcome.deemed-by about=focus when=held within=sentence lang=ar prio=4 unless=negated :
    <term=deem> !<that|term=deem|with> ~4 @who:( PARTY(own) | $judge ) !<clause> ~25 @word:ASSESSMENT
    => outcome = {@who}:@word
  ex ar "وصفت موسكو المحادثات بأنها بناءة." => outcome=ru:constructive
rule outcome.deemed-behind about=focus when=held within=sentence prio=2 unless=negated :
    <term=deem> !<that|term=deem|with> ~4 @who:( PARTY(own) | $judge ) !<clause> ~25 @word:ASSESSMENT
    => outcome = {@who}:@word
  ex ru "Сочли разговор в МИД РФ деловым." => outcome=ru:businesslike
# "Putin called the talks constructive, Trump — productive": the verb stands once.
rule outcome.left-out about=focus when=held within=sentence prio=5 unless=negated :
    ( PERSON(own) | ORG(own) ) ~3 <term=deem> ~20 !<with|locative|and> @who:$judge ~1 @word:ASSESSMENT => outcome = {@who}:@word
  ex ru "Лавров назвал разговор полезным, Рубио — продуктивным." => outcome=us:productive

# "Coulter and Darchiev called the meeting useful", "Moscow and Washington spoke of …": both do.
let rater = ( PARTY(own) | PERSON(own) | ORG(own) )
rule outcome.joint about=focus when=held within=sentence prio=6 unless=negated :
    !<locative> ~1 @who:$rater <and> !<locative> ~4 @other:$rater !<clause> ~5 <report|term=deem> ~20 @word:ASSESSMENT
    => outcome = {@who}:@word, outcome = {@other}:@word
  ex en "Coulter and Darchiev called the meeting useful." => outcome=ru:useful, outcome=us:useful
  ex ru "Москва и Вашингтон сочли встречу полезной." => outcome=ru:useful, outcome=us:useful
# In Arabic "and" is part of the second name.
rule outcome.joint-names lang=ar about=focus when=held within=sentence prio=6 unless=negated :
    <term=deem> ~3 @who:( PERSON(own) | ORG(own) ) @other:( PERSON(own) | ORG(own) ) ~20 @word:ASSESSMENT
    => outcome = {@who}:@word, outcome = {@other}:@word
  ex ar "اعتبرت كولتر ودارتشييف اللقاء مفيدا." => outcome=ru:useful, outcome=us:useful

rule outcome.said about=focus when=held within=sentence unless=negated :
    @who:$judge ~60 @word:ASSESSMENT => outcome = {@who}:@word
  ex en "The talks, the State Department let it be known, were constructive." => outcome=us:constructive
  ex ru "МИД РФ после встречи: предметный разговор." => outcome=ru:substantive
rule outcome.behind about=focus when=held within=sentence unless=negated :
    @word:ASSESSMENT ~25 @who:$judge => outcome = {@who}:@word
rule outcome.told about=focus when=held within=sentence prio=1 unless=negated :
    @word:ASSESSMENT !<clause> ~8 ( <report> !<locative> ~3 @who:PARTY(own) | !<locative> ~1 @who:PARTY(own) ~2 <report> )
    => outcome = {@who}:@word
  ex en "The conversation was frank, the Russian side reported." => outcome=ru:frank
  ex ru "Разговор был откровенным, сообщила российская сторона." => outcome=ru:frank
  ex ar "كان الحديث صريحا بحسب الجانب الروسي." => outcome=ru:frank
rule outcome.speaker about=focus when=held prio=-1 unless=negated : @word:ASSESSMENT => outcome = {speaker}:@word

# --- what is promised --------------------------------------------------------------------------------------------------

rule date.unset when=open within=sentence order=free reach=7 : <unset> <date-word> => date = unset
  ex en "The date of the follow-up meeting has not been set." => date=unset
  ex en "No date has been set for the next round." => date=unset
  ex ru "Дата следующей встречи пока не назначена." => date=unset
  ex ar "لم يتم تحديد موعد أو مكان لذلك." => date=unset

rule date.unset-when when=open within=sentence prio=1 : <unset=date> => date = unset
  ex en "It is not known when and where they will meet; when and where has not been decided." => date=unset
  ex en "Officials did not say when they would meet." => date=unset

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
rule status.announced-next about=next|summit unless=<hedge>|<not> : <next> => status = announced

rule city.promised about=next|summit order=free unless=hedged : @place:PLACE(at) $promise => city = @place
  ex en "The next round will be held in Istanbul." => city=istanbul
  ex ru "Следующая встреча пройдет в Стамбуле." => city=istanbul
  ex ar "ستعقد الجولة المقبلة في إسطنبول." => city=istanbul

# --- what is talked about ----------------------------------------------------------------------------------------------

# "Visas for the embassies": what belongs to the missions is the topic, not they; their work is one. And "the talks on the
# embassies" is what the series is called.
rule topic.missions in=text prio=41 order=free reach=0 :
    @topic:<topic=embassy-operations> <term=missions> => drop topic
  ex en "They discussed bank accounts of the diplomatic missions." => agenda=banking
  ex ru "Обсудили визы для посольств." => agenda=visas
  ex ar "ناقش الوفدان تأشيرات البعثات الدبلوماسية." => agenda=visas
rule topic.of-roadmap in=text prio=41 : <topic=property-roadmap> !<and> ~4 @topic:<topic=property-return> => drop topic
  ex en "They agreed on a road map for the seized properties." => agreement=property-roadmap
  ex ru "Согласован график возвращения изъятой недвижимости." => agreement=property-roadmap
rule topic.series in=text prio=41 :
    <meeting|summit|next> !<agenda=strong> ~5 <agenda=weak> ~2 @topic:<topic=embassy-operations|topic=irritants> => drop topic

# What was left out: by a word that takes it as its object, by one that is said of it, or by any word for talking behind
# "not".
rule topic.off-object within=sentence about=focus|next in=text group=topic prio=31 :
    <off-agenda=object> ( ~2 <agenda=strong> )? !<agenda=strong|agreement|demand|report> ~10 @topic:TOPIC => off_agenda = @topic
  ex en "The sides steered clear of Ukraine." => off_agenda=ukraine
  ex ru "На встрече не было сказано ни слова об Украине." => off_agenda=ukraine
  ex ar "جرى اللقاء دون التطرق إلى أوكرانيا." => off_agenda=ukraine
rule topic.off about=focus|next in=text group=topic prio=30 order=free reach=12 :
    @topic:TOPIC <off-agenda=subject> => off_agenda = @topic
  ex en "Ukraine was off the table." => off_agenda=ukraine
  ex ru "Украина не обсуждалась." => off_agenda=ukraine
  ex ar "أوكرانيا ليست على جدول الأعمال." => off_agenda=ukraine
rule topic.off-not within=sentence about=focus|next in=text group=topic prio=29 :
    ( ( <not> !<term=only> ~3 <agenda=strong|agenda=mention|agenda=settle> | <not> <demand> | "neither" ~2 <demand> ) !<agenda=strong|agreement|demand> ~8 @topic:TOPIC
    | @topic:TOPIC !<agenda=strong|agreement|demand> ~8 <not> !<term=only> ~3 <agenda=strong|agenda=mention|agenda=settle>
    | <not> !<term=only> ~2 @topic:TOPIC ~4 <agenda=strong> ) => off_agenda = @topic
  ex en "We are not going to talk about Ukraine." => off_agenda=ukraine
  ex ru "Украину не станут даже обсуждать." => off_agenda=ukraine
  ex ar "ليس مجديا بحث الملف الأوكراني هناك." => off_agenda=ukraine

let yet = ( "yet" | "been" | "yet been" | "any" | "final" | "formal" | "еще" | "пока" | "никакого" | "никакой" | "بعد" | "أي" | "يتم" )
# What others discuss, agree or demand is theirs, unless one of the sides stands beside them.
let stranger = ( PARTY(other) | PERSON(other) | ORG(other) )
rule topic.of-others in=text prio=26 :
    !<locative> ~1 $stranger !( TOPIC | PARTY(own) | PERSON(own) | ORG(own) | <both-sides|report|that|meeting> ) ~4
    <agenda=strong|agreement|demand> ~14 @topic:TOPIC => drop topic
  ex en "Kyiv's allies discussed security guarantees." => nothing
  ex ru "Евросоюз согласовал новый пакет санкций." => nothing
rule topic.of-others-behind lang=ar in=text prio=26 :
    <agenda=strong|agreement|demand> !( TOPIC | PARTY(own) | PERSON(own) | ORG(own) | <both-sides|locative> ) ~3 $stranger
    ~14 @topic:TOPIC => drop topic
  ex ar "اتفق الاتحاد الأوروبي على حزمة جديدة من العقوبات." => nothing

# What was not agreed, or is only sought, was talked about.
rule topic.unagreed within=sentence about=focus|next in=text group=topic prio=22 unless=hedged :
    ( ( <not> $yet? | <attempt> ~4 ) <agreement> !<agenda=strong|demand> ~12 @topic:TOPIC
    | @topic:TOPIC !<agenda=strong|demand> ~8 ( <not> $yet? | <attempt> ~4 ) <agreement>
    | <agreement> ~8 @topic:TOPIC ~4 <attempt> | @topic:TOPIC ~4 <agreement> ~3 <attempt> ) => agenda = @topic
  ex en "The sides did not sign anything on visas." => agenda=visas
  ex ru "По визам договориться не удалось." => agenda=visas
  ex ar "حاول الجانبان الاتفاق على التأشيرات." => agenda=visas

# "Agreed on a round of talks on visas": on the talks.
rule topic.to-meet in=text prio=20 : <agreement> ~5 <meeting|next> !<agreement> ~3 <agenda=weak> ~3 @topic:TOPIC => drop topic
  ex en "They agreed to hold a round of talks on visas." => nothing
# "On the embassies, not on visas".
rule topic.not in=text prio=21 : <not> ~1 @topic:TOPIC => drop topic
  ex en "They discussed visas, not Ukraine." => agenda=visas

# The nearest word before a topic says what became of it, however long the list: "discussed visas and banking and agreed on
# travel". A party behind "in" is a place and demands nothing.
rule topic.demanded within=sentence about=focus|next in=text group=topic prio=17 unless=hedged :
    ( !<locative|with|term=addressing> ~2 @who:$side !<clause|that> ~8 <demand>
      !<agenda=strong|agreement|demand|off-agenda|meeting|next|clause> ~18 @topic:TOPIC
    | ( <term=voice> ~2 @who:$side ~2 <term=concern> | @who:$side ~4 <term=voice> ~3 <term=concern> )
      !<agenda=strong|agreement|off-agenda|clause> ~18 @topic:TOPIC ) => demand = {@who}:@topic
  ex en "Moscow raised direct flights." => demand=ru:direct-flights
  ex ru "Россия поставила вопрос о прямых рейсах." => demand=ru:direct-flights
  ex ar "أعربت واشنطن عن قلق حول توظيف العاملين المحليين." => demand=us:local-staff
rule topic.raised-by lang=en within=sentence about=focus|next in=text group=topic prio=24 unless=hedged :
    @topic:TOPIC ~8 ( "raised by" | "brought up by" | "tabled by" | "put forward by" | "proposed by" | "sought by" | "demanded by" )
    ~2 @who:$side => demand = {@who}:@topic
  ex en "Direct flights are to be raised by the Russian side." => demand=ru:direct-flights
# "The buildings that Moscow wants back", whatever was said of them before.
rule topic.demanded-which within=sentence about=focus|next in=text group=topic prio=23 unless=hedged :
    @topic:TOPIC ~4 <term=which> ( ~2 @who:$side ~4 <demand> | ~2 <demand> ~3 @who:$side ) => demand = {@who}:@topic
  ex en "Unresolved are the seized buildings which Russia demands back." => demand=ru:property-return
  ex ru "Не решен вопрос о зданиях, которые требует вернуть Россия." => demand=ru:property-return
  ex ar "نوقشت العقارات التي تطالب بها موسكو." => demand=ru:property-return
# A second demand of the same side, in a clause of its own: "raised …, and also proposed …".
rule topic.demanded-too within=sentence about=focus|next in=text group=topic prio=16 unless=hedged :
    !<locative|with> ~1 @who:$side ~8 <demand> !<agreement|off-agenda> ~25 <demand>
    !<agenda=strong|agreement|demand|off-agenda> ~14 @topic:TOPIC => demand = {@who}:@topic
  ex ru "Москва подняла вопрос о зданиях, а также предложила вернуть прямые рейсы." => demand=ru:direct-flights
# "Reminded the Americans of …, and offered …": who is spoken to demands nothing.
rule topic.demanded-then within=sentence about=focus|next in=text group=topic prio=18 unless=hedged :
    !<locative|with> ~1 @who:$side ~8 <demand> ~3 $side !<agreement|off-agenda> ~25 <demand>
    !<agenda=strong|agreement|demand|off-agenda> ~14 @topic:TOPIC => demand = {@who}:@topic
  ex en "Moscow reminded the Americans of its buildings and offered to restore direct flights." => demand=ru:direct-flights
# "The State Department called the talks useful but voiced its concern …".
rule topic.demanded-across within=sentence about=focus|next in=text group=topic prio=11 unless=hedged :
    ( !<locative|with> ~1 @who:$judge !( PERSON(own) | ORG(own) ) ~25
    | !<locative|with> ~1 @who:PARTY(own) ~4 <report|term=deem> !( PERSON(own) | ORG(own) ) ~25
    | <report> !<locative> ~2 @who:PARTY(own) <that> !( PERSON(own) | ORG(own) | PARTY(own) ) ~20 ) <demand>
    !<agenda=strong|agreement|demand|off-agenda> ~14 @topic:TOPIC => demand = {@who}:@topic
  ex ar "قالت الخارجية الأميركية إن اللقاء كان مفيدا لكنها كررت مطالبتها بتوظيف مواطنين روس." => demand=us:local-staff
# Verb first, as in Arabic; or whose demand it is, behind the noun.
rule topic.demanded-by lang=ar within=sentence about=focus|next in=text group=topic prio=16 unless=hedged :
    <demand> ~4 !<that|locative|agenda=strong|agreement|demand> @who:$side
    !<agenda=strong|agreement|demand|off-agenda|meeting|next|clause> ~18 @topic:TOPIC => demand = {@who}:@topic
  ex ar "طالب الجانب الروسي بإعادة الممتلكات." => demand=ru:property-return
rule topic.put-by lang=ar about=focus|next in=text group=topic prio=19 unless=hedged :
    <term=put> ~2 !<locative> @who:$side !<agenda=strong|agreement|demand|off-agenda|meeting|next> ~18 @topic:TOPIC
    => demand = {@who}:@topic
  ex ar "طرح الجانب الروسي إعادة الممتلكات." => demand=ru:property-return
rule topic.demanded-by-too lang=ar within=sentence about=focus|next in=text group=topic prio=18 unless=hedged :
    <demand|term=put> ~2 !<locative> @who:$side !<agreement|off-agenda> ~25 <demand>
    !<agenda=strong|agreement|demand|off-agenda> ~14 @topic:TOPIC => demand = {@who}:@topic
  ex ar "طرح الوفد الروسي استعادة العقارات واقترح إعادة الرحلات المباشرة." => demand=ru:direct-flights
rule topic.demand-of about=focus|next in=text group=topic prio=16 unless=hedged :
    <demand> ( "of" | "from" | "by" )? @who:$side !<agenda=strong|agreement|demand|off-agenda|meeting|next> ~18 @topic:TOPIC
    => demand = {@who}:@topic
  ex en "The main demand of Moscow was the return of its property." => demand=ru:property-return
  ex ru "Главным требованием Москвы остается возврат недвижимости." => demand=ru:property-return
rule topic.agreed within=sentence about=focus|next in=text group=topic prio=18 unless=hedged :
    <agreement> !<agenda=strong|demand|off-agenda|agreement|next|future|clause> ~18 @topic:TOPIC => agreement = @topic
  ex en "They agreed to make it easier to issue visas." => agreement=visas
  ex ru "Стороны договорились об упрощении поездок дипломатов." => agreement=movement
  ex ar "اتفق الجانبان على تسهيل تنقل الدبلوماسيين." => agreement=movement
rule topic.discussed about=focus|next in=text group=topic prio=17 unless=hedged :
    <agenda=strong|agenda=settle> !<demand|off-agenda|agreement|agenda=strong|agenda=settle> ~18 @topic:TOPIC
    => agenda = @topic
  ex en "The delegations discussed visas." => agenda=visas
  ex ru "Стороны обсудили прямые рейсы." => agenda=direct-flights
  ex ar "ناقش الوفدان التأشيرات." => agenda=visas

# Without such a word before it, the nearest one behind: "visas were agreed on", "the property that Moscow wants back".
rule topic.demanded-behind about=focus|next in=text group=topic prio=10 unless=hedged :
    ( @topic:TOPIC !<agreement|agenda=strong|report> ~12 !<locative> @who:$side ~6 <demand>
    | @topic:TOPIC !<agreement|agenda=strong|report> ~12 <demand> ~6 !<locative> @who:$side ) => demand = {@who}:@topic
  ex en "Direct flights are what Moscow wants." => demand=ru:direct-flights
  ex ru "Возврата недвижимости по-прежнему требует Россия." => demand=ru:property-return
rule topic.agreed-behind about=focus|next in=text group=topic prio=10 unless=hedged|<ago> :
    @topic:TOPIC !<demand|agenda=strong|held|future|hedge> ~12 <agreement> => agreement = @topic
  ex ru "По визам достигнуто понимание." => agreement=visas
rule topic.discussed-behind about=focus|next in=text group=topic prio=10 unless=hedged :
    @topic:TOPIC !<demand|agreement|hedge> ~12 <agenda=strong|agenda=settle> => agenda = @topic
  ex en "Visas were discussed too." => agenda=visas
  ex ru "Визы тоже обсудили." => agenda=visas

# A demand of whoever speaks; one of nobody's is no news of the two sides.
rule topic.demand-said about=focus|next in=text group=topic prio=9 unless=hedged :
    ( <demand> !<meeting|next|agreement|agenda=strong> ~18 @topic:TOPIC
    | @topic:TOPIC !<meeting|next|agreement|agenda=strong|hedge> ~12 <demand> ) => demand = {speaker}:@topic
rule topic.demand-nobody about=focus|next in=text prio=7 order=free reach=18 : @topic:TOPIC <demand> => drop topic

# A list behind a colon or a conjunction belongs to the word before it.
rule topic.listed within=sentence about=focus|next in=text group=topic prio=5 unless=hedged :
    <agenda=strong> !<demand|off-agenda|agreement|agenda=strong|held|future> ~40 @topic:TOPIC => agenda = @topic
  ex en "They went over three things: visas, banking and travel restrictions." => agenda=visas, agenda=banking, agenda=movement

# Three topics in a row, of which nothing else is said: "the rest was routine: visas, bank accounts, staffing".
rule topic.row about=focus|next in=text group=topic prio=2 unless=hedged|negated|<demand>|<agreement>|<off-agenda> :
    ( @topic:TOPIC ~4 TOPIC ~4 TOPIC | TOPIC ~4 @topic:TOPIC ~4 TOPIC | TOPIC ~4 TOPIC ~4 @topic:TOPIC ) => agenda = @topic
  ex en "The rest was routine: visas, bank accounts, staffing." => agenda=visas, agenda=banking, agenda=staffing
  ex ru "Остальное привычно: визы, счета посольств, прямые рейсы." => agenda=visas, agenda=banking, agenda=direct-flights
  ex ar "والبقية معروفة: التأشيرات والحسابات المصرفية والعقارات المصادرة." => agenda=visas, agenda=banking, agenda=property-return

# "Talks on visas": no more than a preposition behind the meeting's name.
rule topic.named about=focus|next in=text group=topic prio=4 unless=hedged :
    <meeting|summit|next> ~5 <agenda=weak> !<demand|agreement|off-agenda|agenda=strong> ~10 @topic:TOPIC => agenda = @topic
  ex en "The consultations about visas took place on Thursday." => agenda=visas
  ex ru "Консультации по визам завершились." => agenda=visas
  ex ar "اختتمت المحادثات حول التأشيرات." => agenda=visas

# --- what a correction takes back --------------------------------------------------------------------------------------

rule corrected.venue about=correction : @venue:VENUE => venue = @venue
rule corrected.head about=correction order=free reach=14 : @person:PERSON(own) <head> => head.{@person} = @person
rule corrected.date about=correction : @day:DATE => date = @day
rule corrected.duration about=correction : @value:LENGTH => duration = @value
