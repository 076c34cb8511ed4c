using System.Collections.Frozen;

namespace AiApp.Rag.Text.Facts;

/// <summary>Names of units under one name each.</summary>
internal static class Units
{
    private static readonly FrozenDictionary<string, string> Known = Read("""
        %: % percent procent prozent pourcent porcentaje pct
        usd: $ usd dollar dollars us$
        eur: € eur euro euros
        gbp: £ gbp pound pounds
        sek: sek kr kronor krona kronas
        nok: nok
        dkk: dkk
        chf: chf franc francs
        jpy: ¥ jpy yen
        ms: ms millisecond milliseconds
        s: s sec second seconds sekund sekunder sekunden seconde secondes segundos
        min: min minute minutes minut minuter minuten minutos
        h: h hr hour hours hrs timme timmar stunde stunden heure heures hora horas
        day: day days dag dagar tag tage tagen jour jours día días dias
        week: week weeks vecka veckor woche wochen semaine semaines semana semanas
        month: month months månad månader monat monate monaten mois mes meses
        year: year years år jahr jahre jahren an ans année années año años
        mm: mm millimetre millimetres millimeter millimeters
        cm: cm centimetre centimetres centimeter centimeters
        m: m metre metres meter meters
        km: km kilometre kilometres kilometer kilometers
        mi: mi mile miles
        ft: ft foot feet
        in: inch inches
        mg: mg
        g: g gram grams gramme grammes
        kg: kg kilo kilos kilogram kilograms
        t: tonne tonnes ton tons
        lb: lb lbs
        ml: ml
        l: l litre litres liter liters
        b: byte bytes
        kb: kb kib kilobyte kilobytes
        mb: mb mib megabyte megabytes
        gb: gb gib gigabyte gigabytes
        tb: tb tib terabyte terabytes
        bit: bit bits
        v: v volt volts
        mv: mv
        a: amp amps ampere amperes
        ma: ma
        w: w watt watts
        kw: kw
        kwh: kwh
        hz: hz
        khz: khz
        mhz: mhz
        ghz: ghz
        c: °c celsius
        f: °f fahrenheit
        k: kelvin
        degree: ° degree degrees
        bar: bar bars
        pa: pa
        rpm: rpm
        dbm: dbm
        db: db
        """);

    private static readonly FrozenDictionary<string, decimal> Scales = new Dictionary<string, decimal>
    {
        ["hundred"] = 100, ["thousand"] = 1_000, ["million"] = 1_000_000, ["millions"] = 1_000_000, ["mn"] = 1_000_000, ["billion"] = 1_000_000_000,
        ["billions"] = 1_000_000_000, ["bn"] = 1_000_000_000, ["trillion"] = 1_000_000_000_000, ["dozen"] = 12, ["tusen"] = 1_000, ["miljoner"] = 1_000_000,
        ["tausend"] = 1_000, ["millionen"] = 1_000_000, ["milliarden"] = 1_000_000_000, ["mille"] = 1_000, ["mil"] = 1_000, ["millones"] = 1_000_000,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public static string? Find(string word) => Known.GetValueOrDefault(word);

    public static decimal? Scale(string word) => Scales.TryGetValue(word, out var scale) ? scale : null;

    private static FrozenDictionary<string, string> Read(string lines)
    {
        var known = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var line in lines.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var colon = line.IndexOf(": ", StringComparison.Ordinal);
            foreach (var word in line[(colon + 2)..].Split(' '))
            {
                known[word] = line[..colon];
            }
        }
        return known.ToFrozenDictionary(StringComparer.Ordinal);
    }
}
