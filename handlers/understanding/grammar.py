"""The grammar of spoken dates: which rule reads which marks (handlers.understanding.marks)."""

import re
from collections.abc import Callable

from handlers.understanding import days, periods
from handlers.understanding.days import Days, Read, Today

Rule = Callable[[Read, Today], Days | None]
COUNTED = "[dwmyhicj]"  # what a number before it counts, so that it is no day

# The first rule that fits at a place wins.
GRAMMAR: tuple[tuple[re.Pattern[str], Rule], ...] = tuple(
    (re.compile(pattern.replace("COUNTED", COUNTED)), rule)
    for pattern, rule in (
        ("L?[xl]?w[oLd]*D", periods.week_of_day),  # the week of 9/2
        ("L?w[oLd]*(?:[NO]o*M|Mo*[NO])(?:o*Y)?", periods.week_of_day),  # la semaine du 9 février
        ("[LWod]*D", days.numeric),  # le jeudi 5/2/2026
        ("L?W?[oLd]*[NO][o]*u[oL]*[NO]o*M(?:o*Y)?", periods.days_of_a_month),  # du 5 au 9 février
        ("(?:o|(?<!N)i)[NO]o[NO]o*M(?:o*Y)?", periods.days_of_a_month),  # mn 12 l 14 mars
        ("B[oL]*[NO]o*&[oL]*[NO]o*M(?:o*Y)?", periods.days_of_a_month),  # entre le 5 et le 9 mars
        ("[oL]*[NO]o*&[oL]*[NO]o*M(?:o*Y)?", periods.two_days),  # les 5 et 6 février
        ("(?<!j)[NO][NO]M(?:o*Y)?", periods.days_of_a_month),  # 2-6 February
        (
            "(?:[oLd]*W[oLd]*|[Ld]o*)?[NOF][om]*M(?:[oy]*Y)?",
            days.day_and_month,
        ),  # jeudi 5 février 2026
        ("(?:W[oLd]*|[Ld])[NO]o*mo*N(?:[oy]*Y)?", days.day_and_month),  # nhar 5 f ch8er 2
        ("(?<!j)[NO]o*m[NF](?!COUNTED)", days.day_and_month),  # 5 f ch8er 2
        ("W?o*Mo*[NO](?!COUNTED)(?:o*Y)?", days.day_and_month),  # February 3rd, 2026
        (
            "[Lo]*(?:[FOl]W[oLn]*|d?W[FOl][oL]+)(?:M(?:o*Y)?|[xt]m|mo*[xt]?)",
            periods.weekday_of_month,
        ),  # le premier lundi de
        (
            "[Ld]*W?o*[NOF][oL]+(?:[xtl]m|mo*[xtl]?)(?!o*N)",
            periods.day_of_next_month,
        ),  # le 5 du mois
        ("L?(?:[FO]w|wo*[FO])[oL]*M(?:o*Y)?", periods.week_of_month),  # la deuxième semaine de mars
        (
            "(?:L?Fq|(?<=o)FQ|FQ(?=o*Y)|[qQ]F|lq(?=o*Y))(?:[oy]*Y)?",
            periods.trimester,
        ),  # le premier trimestre
        (
            "[Lo]*(?:[lFs]d|d[lF])[oL]*(?:M(?:o*Y)?|[xt]m|mo*[xt]?)",
            periods.edge_of_month,
        ),  # le dernier jour de février
        ("s[oL]*(?:[xtl]w|wo*[xtl]?)", periods.period),  # la fin de la semaine
        ("s[oL]*(?:m?o*M(?:o*Y)?|[xtl]m|mo*[xtl]?)", periods.part_of_month),  # début mars
        ("s[oL]*(?:[xtl]y|yo*[xtl]?)(?!o*Y)", periods.part_of_year),  # la fin de l’année
        ("[tom]*Mo*(?:[oy]*Y|[xl])?", periods.month),  # شهر فبراير 2026
        ("[xl]M", periods.month),  # next October
        ("mo*[NF](?!COUNTED)(?:o*Y|[xl])?", periods.month),  # ch8er jouj
        (
            "[Lo]*W[Lo]*(?:w[Lo]*[xltX]|[xlt]w)",
            days.weekday_of_next_week,
        ),  # vendredi de la semaine …
        (
            "L?(?:w[Lo]*[xltX]|[xlt]w)[Lod]*W",
            days.weekday_of_next_week,
        ),  # la semaine prochaine mardi
        ("(?:o|(?<!N)i)Wo?W", periods.weekdays),  # mn tnin l lkhmis
        ("[Ldo]*W[oLd]*[NO](?!COUNTED)", days.weekday_and_number),  # jeudi 5
        ("[Ldo]*W[vw]|vo*W", days.on_weekday),  # vendredi en huit
        ("txW", days.on_weekday),  # this coming Saturday
        ("[tdLo]*(?:[xl]W|Wo*[xl])", days.on_weekday),  # vendredi prochain
        ("L?(?:N[xl]|[xl]N)[dwmy]|Nd?[dwm][xl]", periods.next_few),  # les deux prochaines semaines
        (
            "[oL]?(?:t[wmyk]|[wmyk]o*[xlt]|[wmyk]?[oLu]*X|[xl][wmyk]|k)",
            periods.period,
        ),  # la semaine prochaine
        ("n[NA]?[dwmy](?!b|[oL]*[MxlX])", days.in_a_while),  # dans trois jours
        ("[NA]?[dwmy]f", days.in_a_while),  # three days from now
        ("(?:[gS][NA]?|t[NA])[dwmy]|[NA]?[dwmy]g", days.in_a_while),  # three days ago
        ("v[RT]", days.a_week_on),  # a week from tomorrow
        ("[LdoW]*[RT]", days.relative),
        ("[tdLo]*W", days.on_weekday),
        ("(?<!j)[oL]+[NO]u[oL]*[NO](?!COUNTED)", periods.days_of_this_month),  # du 5 au 19
        ("[Ld][NO](?!COUNTED)", days.day_number),  # le 5
        ("oO(?=$|[AKuob&nt])(?!o*M)", days.day_number),  # the 5th
        ("[oy]*Y", periods.year),
    )
)
