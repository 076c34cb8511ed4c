using System.Collections.Frozen;

namespace AiApp.Rag.Text.Facts;

/// <summary>Words that turn a statement into its opposite when one takes the other's place.</summary>
internal static class Opposites
{
    // Each line is an axis; what stands left of the bar is one end of it.
    private const string Axes = """
        allow allowed allows permit permitted permits legal lawful | prohibit prohibited prohibits forbid forbidden ban banned illegal unlawful
        include included includes including | exclude excluded excludes excluding
        increase increased increases increasing rise rises rose risen grow grows grew grown | decrease decreased decreases decreasing reduce reduced reduces fall falls fell fallen decline declined shrink shrank
        before earlier prior | after later following
        minimum min least lowest smallest fewest shortest | maximum max most highest largest greatest longest
        more greater higher larger longer | less fewer lower smaller shorter
        above over exceeding | below under
        first initial initially | last final finally
        accept accepted accepts approve approved approves | reject rejected rejects refuse refused deny denied denies
        enable enabled enables activate activated on | disable disabled disables deactivate deactivated off
        open opens opened opening | close closes closed closing
        start starts started begin begins began | end ends ended stop stops stopped finish finishes finished
        required mandatory compulsory obligatory must | optional voluntary
        always | never
        all every each | none
        with | without
        internal inside | external outside
        buy bought purchase purchased | sell sold
        same identical | different
        win wins won | lose loses lost
        hot warm warmer hotter | cold cool colder cooler
        high | low
        early | late
        left | right
        north northern | south southern
        east eastern | west western
        true correct valid | false incorrect invalid
        succeed succeeds succeeded success successful | fail fails failed failure unsuccessful
        arrive arrives arrived arrival | depart departs departed departure leave leaves left
        add added adds | remove removed removes delete deleted deletes
        public | private
        paid | unpaid
        full-time | part-time
        single | double
        positive | negative
        domestic national | international foreign abroad
        cause causes caused | prevent prevents prevented
        support supports supported | oppose opposes opposed contradict contradicts contradicted
        monday | tuesday | wednesday | thursday | friday | saturday | sunday
        """;

    private static readonly FrozenDictionary<string, (int Axis, int Pole)> Known = Axes.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
        .SelectMany((axis, a) => axis.Split('|').SelectMany((pole, p) => pole.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(word => (word, Place: (a, p)))))
        .DistinctBy(pair => pair.word)
        .ToFrozenDictionary(pair => pair.word, pair => pair.Place, StringComparer.Ordinal);

    // One word of each of the axes that may be the whole of an answer; which end of them refuses.
    private static readonly FrozenSet<(int Axis, int Pole)> Refusals = "prohibited excluded rejected never none false".Split(' ').Select(word => Known[word]).ToFrozenSet();
    private static readonly FrozenSet<int> VerdictAxes = Refusals.Select(pole => pole.Axis).Append(Known["optional"].Axis).ToFrozenSet();

    public static bool AreVerdicts((int Axis, int Pole) word) => VerdictAxes.Contains(word.Axis);

    public static bool AreRefusals((int Axis, int Pole) word) => Refusals.Contains(word);

    /// <summary>On which axis a word stands, and at which end.</summary>
    public static (int Axis, int Pole)? Find(string word) => Known.TryGetValue(word, out var place) ? place : null;
}
