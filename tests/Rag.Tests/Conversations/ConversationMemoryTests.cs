using AiApp.Rag.Conversations;
using AiApp.Rag.Conversations.FollowUps;

namespace AiApp.Rag.Tests.Conversations;

public sealed class ConversationMemoryTests
{
    private static readonly List<PathTurn> Path = [.. Enumerable.Range(0, 20).Select(n => new PathTurn
    {
        Id = Guid.NewGuid(),
        Question = $"What does rule {n} say about travel?",
        Answer = $"Rule {n} says that travel is paid [1]. It has many further sentences that say less and less of interest [2].",
    })];

    [Fact]
    public void A_short_conversation_is_told_word_for_word()
    {
        var memory = ConversationMemory.Of(Path, budget: 5000);

        Assert.Equal(Path, memory.Verbatim);
        Assert.Null(memory.Extract());
    }

    [Fact]
    public void Of_a_long_one_the_newest_turns_are_told_and_the_others_shortened_to_their_first_sentences()
    {
        var memory = ConversationMemory.Of(Path, budget: 300);

        Assert.Equal(Path, memory.Older.Concat(memory.Verbatim));
        Assert.InRange(memory.Verbatim.Count, 1, 6);
        var told = memory.Extract()!;
        Assert.Equal(memory.Older[^1].Id, told.Through);
        Assert.Contains("What does rule 0 say about travel? Rule 0 says that travel is paid.", told.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("further sentences", told.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_turn_remembers_is_not_shortened_again()
    {
        var remembered = new TurnMemory(Path[14].Id, "Rules 0 to 14 are about travel.");
        List<PathTurn> path = [.. Path.Select((turn, n) => n == 17 ? turn with { Memory = remembered } : turn)];

        var memory = ConversationMemory.Of(path, budget: 5000);

        Assert.Empty(memory.Older);
        Assert.Equal(path[15..], memory.Verbatim);
        Assert.Equal(remembered, memory.Extract());
    }

    [Fact]
    public void A_memory_of_another_branch_is_none()
    {
        List<PathTurn> path = [.. Path.Select((turn, n) => n == 17 ? turn with { Memory = new(Guid.NewGuid(), "Something else.") } : turn)];

        Assert.Equal(path, ConversationMemory.Of(path, budget: 5000).Verbatim);
    }

    [Fact]
    public void What_is_remembered_stays_within_its_bounds()
    {
        List<PathTurn> path = [.. Enumerable.Range(0, 40).Select(n => new PathTurn { Id = Guid.NewGuid(), Question = new string('a', 500), Answer = new string('b', 5000) })];

        Assert.InRange(ConversationMemory.Of(path, budget: 100).Extract()!.Text.Length, 1, 4000);
    }
}
