using AiApp.Contracts;
using AiApp.Web.Answers;

namespace AiApp.Web.Tests.Answers;

public sealed class ExchangeTests
{
    [Fact]
    public void A_stopped_answer_keeps_what_was_written()
    {
        var exchange = new Exchange(1, "Why?");
        exchange.Apply(new DeltaEvent("Because "));
        exchange.Apply(new DeltaEvent("of"));

        exchange.Stop();

        Assert.Equal(ExchangeState.Stopped, exchange.State);
        Assert.Equal("Because of", exchange.Text);
    }

    [Fact]
    public void An_error_ends_the_answer_and_keeps_the_question()
    {
        var exchange = new Exchange(1, "Why?");

        exchange.Apply(new ErrorEvent(new ProblemDto { Code = ProblemCodes.ProviderTimeout }));

        Assert.Equal(ExchangeState.Failed, exchange.State);
        Assert.Equal("Why?", exchange.Question);
    }

    [Fact]
    public void The_copied_answer_names_its_sources()
    {
        var exchange = new Exchange(1, "How much?");
        exchange.Apply(new CitationEvent(TestCitations.Citation(1)));
        exchange.Apply(new DeltaEvent("320 SEK [1]."));

        Assert.Equal("320 SEK [1].\n\nSources\n[1] Travel policy, Meals (policies/travel.md, version 1)", AnswerText.WithSources(exchange));
        Assert.Equal("1 source from 1 document", AnswerText.Sources(exchange.Citations.Values.ToList()));
    }
}
