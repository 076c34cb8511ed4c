using AiApp.Rag.Retrieval.Evidence;

namespace AiApp.Rag.Tests.Retrieval.Evidence;

public sealed class PassageSelectionTests
{
    // "First part.\n\nSecond part.\nThird part." at offset 100.
    private static readonly FetchedChunk First = Candidates.Fetch("First part.", 1, 0.9, document: 1, ordinal: 0, offset: 100);
    private static readonly FetchedChunk Second = Candidates.Fetch("Second part.", 2, 0.7, document: 1, ordinal: 1, offset: 113, gap: "\n\n");
    private static readonly FetchedChunk Third = Candidates.Fetch("Third part.", 3, 0.5, document: 1, ordinal: 2, offset: 126, gap: "\n");

    [Fact]
    public void Adjacent_chunks_that_were_found_are_one_passage_over_their_whole_span()
    {
        var result = Select([Second, Candidates.Fetch("Elsewhere.", 9, 0.6), Third, First]);

        var passage = result.Single(candidate => candidate.Id == 2).ToPassage();
        Assert.Equal("First part.\n\nSecond part.\nThird part.", passage.Text);
        Assert.Equal((100, 37), (passage.StartOffset, passage.Length));
        Assert.Equal([1, 2, 3], passage.PartIds);
        Assert.Equal(new EvidenceDecision(EvidenceReason.MergedInto) { ChunkId = 2 }, result[3].Decisions[^1]);
    }

    [Fact]
    public void Overlapping_chunks_repeat_nothing()
    {
        var overlapping = Candidates.Fetch("part. And more.", 2, 0.7, document: 1, ordinal: 1, offset: 106);

        var passage = Select([First, overlapping])[0].ToPassage();

        Assert.Equal("First part. And more.", passage.Text);
        Assert.Equal(passage.Text.Length, passage.Length);
    }

    [Fact]
    public void Chunks_of_two_sections_stay_apart()
    {
        var next = Second with { Chunk = Second.Chunk with { HeadingPath = "Handbook > Exceptions" } };

        Assert.All(Select([First, next]), candidate => Assert.Equal(EvidenceReason.Kept, candidate.Decisions[^1].Reason));
    }

    [Fact]
    public void Chunks_whose_gap_is_unknown_stay_apart() =>
        Assert.All(Select([First, Second with { Gap = null }]), candidate => Assert.Equal(EvidenceReason.Kept, candidate.Decisions[^1].Reason));

    [Fact]
    public void What_comes_after_the_last_place_says_in_which_place_it_stood()
    {
        var result = Select([.. Enumerable.Range(1, 4).Select(i => Candidates.Fetch($"text {i}", i, 1.0 / i))], top: 2);

        Assert.Equal(new EvidenceDecision(EvidenceReason.BelowTop) { Value = 4, Limit = 2 }, result[3].Decisions[^1]);
    }

    [Fact]
    public void What_does_not_fit_into_the_tokens_left_gives_way_to_what_does()
    {
        var result = Select([First, Candidates.Fetch("long", 5, 0.8) with { TokenCount = 25 }, Candidates.Fetch("short", 6, 0.7)], budget: 30);

        Assert.Equal(EvidenceReason.OverBudget, result.Fate(5));
        Assert.Equal(EvidenceReason.Kept, result.Fate(6));
    }

    [Fact]
    public void The_best_passage_is_shown_whatever_its_length() =>
        Assert.Equal(EvidenceReason.Kept, Select([First with { TokenCount = 5000 }], budget: 30).Fate(1));

    [Fact]
    public void A_neighbour_that_was_not_found_is_added_while_tokens_are_left()
    {
        var chosen = Select([First, Candidates.Fetch("Elsewhere.", 9, 0.6)]);

        var grown = Neighbours.Grow(chosen, [Second], strong: 1, budget: 3 * Candidates.Tokens, longest: 100);
        var full = Neighbours.Grow(chosen, [Second], strong: 1, budget: 2 * Candidates.Tokens, longest: 100);

        Assert.Equal("First part.\n\nSecond part.", grown[0].ToPassage().Text);
        Assert.Equal(EvidenceReason.Extended, grown.Fate(1));
        Assert.Equal("First part.", full[0].ToPassage().Text);
    }

    private static List<Candidate> Select(FetchedChunk[] chunks, int top = 8, int budget = 1000) =>
        PassageSelection.Select([.. chunks.Select(Candidate.Of)], top, budget, longest: 100);
}
