"""Thirty files as municipalities, carriers and sensors write them, each with how another program reads it."""

from __future__ import annotations

import io
import json
import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

import pyarrow
import pyarrow.parquet

from tests.previews.independent import csv_rows, json_rows, parquet_rows, sheet_rows, table_rows
from tests.previews.test_workbook import CALENDAR_MAC_1904, spreadsheet, word, workbook

Rows = list[dict[str, Any]]

DICE = random.Random(20260301)
PLACES = ["Limoilou", "Sainte-Foy", "L’Islet", "Trois-Rivières", "Saint-Jérôme", "Val-d’Or"]
TREES = ["Érable", "Bouleau", "Chêne", "Épinette"]


@dataclass(frozen=True, kw_only=True)
class Messy:
    """
    A file, its content, how it is read independently, and its columns' kinds.

    `styles` says how a column's cells are written: a decimal comma, or a pattern of dates. `chart` is its kind, x, y
    and series, `points` how many places its map has.
    """

    name: str
    content: bytes
    read: Callable[[bytes], Rows]
    kinds: Mapping[str, str]
    styles: Mapping[str, str] = field(default_factory=dict)
    chart: tuple[str, str, str, str] | None = None
    points: int = 0


def delimited(
    rows: Sequence[Sequence[object]], separator: str = ",", encoding: str = "utf-8", above: str = ""
) -> bytes:
    """Rows as text, as a program without care writes them: quotes only where they must be."""

    def cell(value: object) -> str:
        text = str(value)
        return (
            f'"{text.replace(chr(34), chr(34) * 2)}"' if any(sign in text for sign in (separator, '"', "\n")) else text
        )

    return (above + "\r\n".join(separator.join(map(cell, row)) for row in rows) + "\r\n").encode(encoding)


def comma(value: float) -> str:
    return f"{value}".replace(".", ",")


def french(value: int) -> str:
    return f"{value:,}".replace(",", "\u202f")


def days(count: int, style: str = "%Y-%m-%d") -> list[str]:
    return [(date(2025, 1, 1) + timedelta(days=n)).strftime(style) for n in range(count)]


def municipal() -> list[Messy]:
    """What a city's own programs export."""
    trees = [["essence", "diametre", "plantation", "arrondissement"]]
    trees += [
        [DICE.choice(TREES), comma(DICE.randint(50, 900) / 10), day, DICE.choice(PLACES)]
        for day in days(90, "%d/%m/%Y")
    ]
    permits = [["No permis", "date_emission", "valeur", "code_postal"]]
    permits += [
        [f"2025-{n:04}", day, f"{french(DICE.randint(1000, 900_000))},50", "G1R 4S9"] for n, day in enumerate(days(60))
    ]
    requests = [["id", "recue", "texte", "statut"]]
    requests += [
        [n, f"{day} 08:{n:02}:07", f'Nid-de-poule\ndevant le {n}, dit "urgent"', "ouvert"]
        for n, day in enumerate(days(50))
    ]
    budget = [
        ["Poste", "2024", "2025"],
        *([p, f"\u2212{french(DICE.randint(1000, 99_999))}", DICE.randint(5, 9_000)] for p in PLACES),
    ]
    council = [
        ["seance", "heure", "presents", "public"],
        *([d, "19:30", DICE.randint(9, 21), DICE.choice("ON")] for d in days(30)),
    ]
    rents = [["secteur", "ratio", "loyer"], *([p, f"0,{n}25", comma(800.25 + n)] for n, p in enumerate(PLACES, 1))]
    snow = [
        ["rue", "debut", "cm"],
        *([p, f"2025-01-{n:02}T22:00", DICE.randint(1, 40)] for n, p in enumerate(PLACES, 1)),
    ]
    trailing = [["fournisseur", "montant", "", ""], *([f"F{n}", DICE.randint(10, 99), "", ""] for n in range(20))]
    return [
        Messy(
            name="arbres.csv",
            content=delimited(trees, ";", "cp1252"),
            read=lambda data: csv_rows(data, ";", "cp1252"),
            kinds={"essence": "string", "diametre": "number", "plantation": "date", "arrondissement": "string"},
            styles={"diametre": ",", "plantation": "%d/%m/%Y"},
            chart=("bar", "arrondissement", "diametre", ""),
        ),
        Messy(
            name="permis.csv",
            content=delimited(permits, ";"),
            read=lambda data: csv_rows(data, ";"),
            kinds={"No permis": "string", "date_emission": "date", "valeur": "number", "code_postal": "string"},
            styles={"valeur": ","},
            chart=("line", "date_emission", "valeur", ""),
        ),
        Messy(
            name="requetes-311.csv",
            content=delimited(requests),
            read=csv_rows,
            kinds={"id": "code", "recue": "datetime", "texte": "string", "statut": "string"},
        ),
        Messy(
            name="budget.csv",
            content=delimited(budget, ";", above="Budget de fonctionnement\r\nEn dollars\r\n\r\n"),
            read=lambda data: csv_rows(data, ";", skip=3),
            kinds={"Poste": "string", "2024": "integer", "2025": "integer"},
            chart=("bar", "Poste", "2024", ""),
        ),
        Messy(
            name="conseil.csv",
            content=delimited(council),
            read=csv_rows,
            kinds={"seance": "date", "heure": "time", "presents": "integer", "public": "string"},
            chart=("line", "seance", "presents", ""),
        ),
        Messy(
            name="loyers.csv",
            content=delimited(rents),
            read=csv_rows,
            kinds={"secteur": "string", "ratio": "number", "loyer": "number"},
            styles={"ratio": ",", "loyer": ","},
            chart=("bar", "secteur", "ratio", ""),
        ),
        Messy(
            name="deneigement.csv",
            content=delimited(snow, "\t", "utf-16"),
            read=lambda data: csv_rows(data, "\t", "utf-16"),
            kinds={"rue": "string", "debut": "datetime", "cm": "integer"},
        ),
        Messy(
            name="marches.csv",
            content=delimited(trailing, ";"),
            read=lambda data: csv_rows(data, ";"),
            kinds={"fournisseur": "string", "montant": "integer"},
        ),
    ]


def transport() -> list[Messy]:
    """Timetables of GTFS, charging stations, counts."""
    stops = [["stop_id", "stop_name", "stop_lat", "stop_lon", "wheelchair_boarding"]]
    stops += [[f"{n:05}", f"Arrêt {n}", f"{46.8 + n / 1000:.5f}", f"{-71.2 - n / 1000:.5f}", n % 3] for n in range(70)]
    times = [["trip_id", "arrival_time", "stop_sequence"]]
    times += [[f"T{n}", f"{n:02}:1{n % 10}:00", n] for n in range(5, 28)]
    calendar = [["service_id", "monday", "start_date", "end_date"]]
    calendar += [[f"S{n}", n % 2, f"2025{n:02}01", f"2025{n:02}28"] for n in range(1, 13)]
    charging = [["id_pdc_itinerance", "puissance_nominale", "coordonneesXY", "gratuit"]]
    charging += [
        [f"FRA17E{n}", 22 + n / 2, f"[{2.3 + n / 100:.4f},{48.8 + n / 100:.4f}]", DICE.choice(["true", "false"])]
        for n in range(25)
    ]
    counts = [["compteur", "passage", "velos"]]
    counts += [[f"C{n % 3}", f"2025-03-09T0{n}:00:00-05:00", DICE.choice(["--", n * 7])] for n in range(9)]
    collisions = [["Location", "Injured", "Damage", "Severity rate"]]
    collisions += [[p, n, f"{n},234", 0.5 * n] for n, p in enumerate(PLACES, 1)]
    speeds = [
        ["voie", "vitesse", "horodatage"],
        *([1 + n % 2, comma(50 + n / 4), f"01/02/2025 {n:02}:05"] for n in range(24)),
        [3, "s.o.", "31/12/2025 00:00"],
    ]
    return [
        Messy(
            name="stops.csv",
            content=b"\xef\xbb\xbf" + delimited(stops),
            read=lambda data: csv_rows(data, encoding="utf-8-sig"),
            kinds={
                "stop_id": "code",
                "stop_name": "string",
                "stop_lat": "number",
                "stop_lon": "number",
                "wheelchair_boarding": "integer",
            },
            points=70,
        ),
        Messy(
            name="stop_times.csv",
            content=delimited(times),
            read=csv_rows,
            kinds={"trip_id": "string", "arrival_time": "duration", "stop_sequence": "integer"},
        ),
        Messy(
            name="calendar.csv",
            content=delimited(calendar),
            read=csv_rows,
            kinds={"service_id": "string", "monday": "integer", "start_date": "date", "end_date": "date"},
            styles={"start_date": "%Y%m%d", "end_date": "%Y%m%d"},
        ),
        Messy(
            name="irve.csv",
            content=delimited(charging),
            read=csv_rows,
            kinds={
                "id_pdc_itinerance": "string",
                "puissance_nominale": "number",
                "coordonneesXY": "string",
                "gratuit": "boolean",
            },
            points=25,
        ),
        Messy(
            name="comptages-velo.csv",
            content=delimited(counts),
            read=csv_rows,
            kinds={"compteur": "string", "passage": "datetime", "velos": "integer"},
            chart=("line", "passage", "velos", "compteur"),
        ),
        Messy(
            name="collisions.csv",
            content=delimited(collisions),
            read=csv_rows,
            kinds={"Location": "string", "Injured": "integer", "Damage": "integer", "Severity rate": "number"},
            styles={"Damage": "thousands"},
            chart=("bar", "Location", "Damage", ""),
        ),
        Messy(
            name="vitesses.csv",
            content=delimited(speeds, ";"),
            read=lambda data: csv_rows(data, ";"),
            kinds={"voie": "integer", "vitesse": "number", "horodatage": "datetime"},
            styles={"vitesse": ",", "horodatage": "%d/%m/%Y %H:%M"},
            chart=("scatter", "voie", "vitesse", ""),
        ),
    ]


def public_life() -> list[Messy]:
    """Elections, grants, restaurants, sensors of air and water."""
    polls = [["Circonscription", "Bureau", "Votes valides", "Rejetés"]]
    polls += [
        [DICE.choice(PLACES), f"{n:03}{DICE.choice('AB')}", DICE.randint(90, 400), DICE.choice([n, "N/D"])]
        for n in range(80)
    ]
    grants = [["siret", "nomBeneficiaire", "montant", "dateConvention"]]
    grants += [
        [f"7328293200{n:04}", f"Association n° {n}", DICE.randint(500, 90_000), day] for n, day in enumerate(days(40))
    ]
    kitchens = "id, etablissement, amende\n" + "".join(
        f'{n}, "Chez \\"Ti-Jos\\" {n}, resto", {n * 50}\n' for n in range(1, 30)
    )
    air = [["station", "mesure", "pm25"]]
    air += [[f"ST-{n % 8}", f"2025-06-01T00:00:{n:02}.250Z", DICE.choice([n / 8, "."])] for n in range(60)]
    water = [["Date", "Niveau (m)"], *([day, comma(n / 16)] for n, day in enumerate(days(120)))]
    schools = [["annee_scolaire", "Exercice", "eleves"], *([f"{y}-{y + 1}", y, 900 + y] for y in range(2008, 2026))]
    twins = [["région", "total", "total "], *([p, n, n * n] for n, p in enumerate(PLACES))]
    return [
        Messy(
            name="elections.csv",
            content=delimited(polls, "|"),
            read=lambda data: csv_rows(data, "|"),
            kinds={"Circonscription": "string", "Bureau": "string", "Votes valides": "integer", "Rejetés": "integer"},
            chart=("bar", "Circonscription", "Votes valides", ""),
        ),
        Messy(
            name="subventions.csv",
            content=delimited(grants),
            read=csv_rows,
            kinds={"siret": "code", "nomBeneficiaire": "string", "montant": "integer", "dateConvention": "date"},
            chart=("area", "dateConvention", "montant", ""),
        ),
        Messy(
            name="restaurants.csv",
            content=kitchens.encode(),
            read=lambda data: csv_rows(data, escape="\\", spaced=True),
            kinds={"id": "code", "etablissement": "string", "amende": "integer"},
        ),
        Messy(
            name="air.csv",
            content=delimited(air),
            read=csv_rows,
            kinds={"station": "string", "mesure": "datetime", "pm25": "number"},
            chart=("line", "mesure", "pm25", "station"),
        ),
        Messy(
            name="niveaux.tsv",
            content=delimited(water, "\t"),
            read=lambda data: csv_rows(data, "\t"),
            kinds={"Date": "date", "Niveau (m)": "number"},
            styles={"Niveau (m)": ","},
            chart=("line", "Date", "Niveau (m)", ""),
        ),
        Messy(
            name="ecoles.csv",
            content=delimited(schools),
            read=csv_rows,
            kinds={"annee_scolaire": "string", "Exercice": "year", "eleves": "integer"},
            chart=("line", "Exercice", "eleves", ""),
        ),
        Messy(
            name="jumelles.csv",
            content=delimited(twins),
            read=lambda data: csv_rows(data),
            kinds={"région": "string"},
        ),
    ]


def workbooks() -> list[Messy]:
    """Several sheets, hidden ones, titles, mixed columns, both calendars."""
    staff = [["Service", "Postes", "Vacants"], *([p, DICE.randint(2, 90), DICE.choice([None, 1])] for p in PLACES)]
    lots = [
        ["code_lot", "valeur"],
        *([n, n * 2] for n in range(1, 1301)),
        *([f"{n}-A", n / 2] for n in range(1301, 1501)),
    ]
    hours = [["lieu", "ouverture", "temps"], *([p, time(8, n), timedelta(hours=20 + n)] for n, p in enumerate(PLACES))]
    spent = [["jour", "montant"], *([date(2025, 1, n), Decimal(n) / 4] for n in range(1, 25))]
    titled = [["Piscines de la ville"], [None], ["nom", "visites"], *([p, n * 31] for n, p in enumerate(PLACES))]
    shelves = [[word("nom"), word("prets"), word("jour")]]
    shelves += [
        [word(p), {"valuetype": "float", "value": str(n * 1.5)}, {"valuetype": "date", "datevalue": f"2025-03-{n:02}"}]
        for n, p in enumerate(PLACES, 1)
    ]
    pools = [
        [word("bassin"), word("ouvert")],
        *(
            [word(p), {"valuetype": "boolean", "booleanvalue": "true" if n % 2 else "false"}]
            for n, p in enumerate(PLACES)
        ),
    ]
    return [
        Messy(
            name="effectifs.xlsx",
            content=workbook({"Paie": [["nas"], ["1"]], "Vide": [], "Effectifs": staff, "Notes": [["x"]]}, ["Paie"]),
            read=lambda data: sheet_rows(data, "Effectifs"),
            kinds={"Service": "string", "Postes": "integer", "Vacants": "integer"},
            chart=("bar", "Service", "Postes", ""),
        ),
        Messy(
            name="lots.xlsx",
            content=workbook({"Lots": lots}),
            read=lambda data: sheet_rows(data, "Lots"),
            kinds={"code_lot": "string", "valeur": "number"},
        ),
        Messy(
            name="heures.xlsx",
            content=workbook({"H": hours}),
            read=lambda data: sheet_rows(data, "H"),
            kinds={"lieu": "string", "ouverture": "time", "temps": "duration"},
        ),
        Messy(
            name="depenses-mac.xlsx",
            content=workbook({"D": spent}, epoch=CALENDAR_MAC_1904),
            read=lambda data: sheet_rows(data, "D"),
            kinds={"jour": "date", "montant": "number"},
            chart=("line", "jour", "montant", ""),
        ),
        Messy(
            name="piscines.xlsx",
            content=workbook({"P": titled}),
            read=lambda data: sheet_rows(data, "P", skip=2),
            kinds={"nom": "string", "visites": "integer"},
            chart=("bar", "nom", "visites", ""),
        ),
        Messy(
            name="bibliotheques.ods",
            content=spreadsheet({"Brouillon": [[word("secret")], [word("x")]], "Prêts": shelves}, ["Brouillon"]),
            read=lambda data: table_rows(data, "Prêts"),
            kinds={"nom": "string", "prets": "number", "jour": "date"},
            chart=("line", "jour", "prets", ""),
        ),
        Messy(
            name="bassins.ods",
            content=spreadsheet({"Bassins": pools}),
            read=lambda data: table_rows(data, "Bassins"),
            kinds={"bassin": "string", "ouvert": "boolean"},
        ),
    ]


def documents() -> list[Messy]:
    """Parquet, JSON, JSON Lines, GeoJSON."""
    stations = pyarrow.table(
        {
            "code": [f"{n:04}" for n in range(50)],
            "moment": [datetime(2025, 1, 1, n % 24, 0, n) for n in range(50)],
            "debit": pyarrow.array([n / 8 if n % 5 else None for n in range(50)]),
            "total": pyarrow.array([9007199254740993 // (n + 1) for n in range(50)], pyarrow.int64()),
        }
    )
    prices = pyarrow.table(
        {"jour": [date(2025, 1, n) for n in range(1, 29)], "prix": [Decimal(n) / 4 for n in range(1, 29)]}
    )
    venues = [{"nom": p, "places": n * 10, "ouvert": n % 2 == 0, "note": n / 4 or None} for n, p in enumerate(PLACES)]
    places = [{"type": "Point", "coordinates": [-71.2 - n / 10, 46.8]} for n in range(len(PLACES))]
    features = [
        {"type": "Feature", "properties": {"nom": p, "aire": n * 1.5}, "geometry": place}
        for n, (p, place) in enumerate(zip(PLACES, places, strict=True))
    ]
    log = "".join(json.dumps({"capteur": f"K{n % 3}", "valeur": n * 3}) + "\n" for n in range(90))

    def packed(table: pyarrow.Table) -> bytes:
        stream = io.BytesIO()
        pyarrow.parquet.write_table(table, stream)
        return stream.getvalue()

    return [
        Messy(
            name="stations.parquet",
            content=packed(stations),
            read=parquet_rows,
            kinds={"code": "code", "moment": "datetime", "debit": "number", "total": "integer"},
        ),
        Messy(
            name="prix.parquet",
            content=packed(prices),
            read=parquet_rows,
            kinds={"jour": "date", "prix": "number"},
            chart=("line", "jour", "prix", ""),
        ),
        Messy(
            name="salles.json",
            content=json.dumps({"count": 6, "results": venues}).encode(),
            read=lambda data: json_rows(json.loads(data)["results"]),
            kinds={"nom": "string", "places": "integer", "ouvert": "boolean", "note": "number"},
        ),
        Messy(
            name="journal.jsonl",
            content=log.encode(),
            read=lambda data: json_rows([json.loads(line) for line in data.splitlines()]),
            kinds={"capteur": "string", "valeur": "integer"},
        ),
        Messy(
            name="parcs.geojson",
            content=json.dumps({"type": "FeatureCollection", "features": features}).encode(),
            read=lambda data: json_rows([item["properties"] for item in json.loads(data)["features"]]),
            kinds={"nom": "string", "aire": "number"},
            points=6,
        ),
    ]


FILES = [*municipal(), *transport(), *public_life(), *workbooks(), *documents()]
