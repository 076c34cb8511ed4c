using AiApp.Contracts;
using AiApp.Web.Answers;

namespace AiApp.Web.Tests.Answers;

public sealed class TurnTreeTests
{
    private readonly TurnTree _tree = new();

    [Fact]
    public void A_question_follows_the_last_one()
    {
        var first = Ask("First?");
        var second = Ask("Second?");

        Assert.Equal([first, second], _tree.Path);
        Assert.Equal(first.TurnId, second.ParentId);
    }

    [Fact]
    public void Another_wording_stands_in_its_place_and_what_followed_the_first_stays_with_it()
    {
        var first = Ask("First?");
        var second = Ask("Second?");
        var other = Ask("First, differently?", first);

        Assert.Equal([other], _tree.Path);
        Assert.Equal((2, 2), _tree.Place(other));
        _tree.Step(other, -1);
        Assert.Equal([first, second], _tree.Path);
        _tree.Step(first, -1);
        Assert.Equal([first, second], _tree.Path);
    }

    [Fact]
    public void Nothing_follows_what_the_Api_never_took_down()
    {
        var first = Ask("First?");
        _tree.Add("Lost?", fresh: false, editOf: null);

        Assert.Equal(first.TurnId, _tree.Last);
    }

    [Fact]
    public void What_the_Api_never_took_down_is_asked_again_in_its_place()
    {
        var first = Ask("First?");
        Ask("Second?");
        var lost = _tree.Add("First, differently?", fresh: false, editOf: first);
        lost.Fail(new());

        var again = _tree.Replace(lost, lost.Question, fresh: false);

        Assert.Equal([again], _tree.Path);
        Assert.Equal((lost.TurnId, first.TurnId), (again.TurnId, again.EditOf));
    }

    [Fact]
    public void Another_question_in_the_place_of_a_lost_one_is_another_turn()
    {
        var lost = _tree.Add("First?", fresh: false, editOf: null);
        lost.Fail(new());

        Assert.NotEqual(lost.TurnId, _tree.Replace(lost, "Second?", fresh: false).TurnId);
    }

    [Fact]
    public void A_conversation_that_is_opened_shows_its_newest_wordings()
    {
        var root = Turn(null, "First?");
        var (left, right) = (Turn(root.Id, "Left?"), Turn(root.Id, "Right?"));

        _tree.Load([root, left, right]);

        Assert.Equal(["First?", "Right?"], _tree.Path.Select(exchange => exchange.Question));
    }

    [Fact]
    public void A_part_that_is_kept_is_shown_as_a_part()
    {
        _tree.Load([Turn(null, "First?") with { State = TurnStates.Stopped, Partial = new("Because of", []) }]);

        var exchange = Assert.Single(_tree.Path);
        Assert.Equal((ExchangeState.Stopped, "Because of", null), (exchange.State, exchange.Text, exchange.Answer));
    }

    [Fact]
    public void A_follow_up_tells_what_it_was_understood_as()
    {
        _tree.Load([Turn(null, "And Berlin?") with { StandaloneQuestion = "What is the rate for Berlin?", RewrittenBy = "rules" }]);

        Assert.Equal("What is the rate for Berlin?", Assert.Single(_tree.Path).Understood);
    }

    private Exchange Ask(string question, Exchange? editOf = null)
    {
        var exchange = _tree.Add(question, fresh: false, editOf);
        exchange.Apply(new TurnBegunEvent(Guid.NewGuid(), exchange.TurnId, exchange.ParentId));
        return exchange;
    }

    private static TurnDto Turn(Guid? parent, string question) => new()
    {
        ConversationId = Guid.Empty,
        Id = Guid.NewGuid(),
        ParentId = parent,
        Question = question,
        State = TurnStates.Failed,
        ErrorCode = ProblemCodes.StreamInterrupted,
        CreatedAt = DateTimeOffset.UnixEpoch,
    };
}
