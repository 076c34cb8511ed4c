using AiApp.Rag.Ingestion;
using AiApp.Rag.Jobs;
using Npgsql;

namespace AiApp.Rag.Tests.Ingestion;

public sealed class OutageTests
{
    [Theory]
    [InlineData("57P01", "db_unavailable")]
    [InlineData("53300", "db_unavailable")]
    [InlineData("40P01", "db_unavailable")]
    [InlineData("55P03", "db_unavailable")]
    [InlineData("53100", "storage_full")]
    [InlineData("22021", null)]
    [InlineData("23514", null)]
    public void A_fault_of_the_server_is_an_outage_and_a_refused_value_is_not(string state, string? code) =>
        Assert.Equal(code, Outage.CodeOf(new PostgresException("text", "ERROR", "ERROR", state)));

    [Fact]
    public void A_lost_connection_is_an_outage() => Assert.Equal("db_unavailable", Outage.CodeOf(new NpgsqlException("gone")));

    [Fact]
    public void A_bug_is_not() => Assert.Null(Outage.CodeOf(new InvalidOperationException()));

    [Fact]
    public void Pauses_grow_to_ten_minutes_and_outages_always_pause_briefly()
    {
        Assert.Equal([2.5, 5, 10, 20, 300], new[] { 1, 2, 3, 4, 30 }.Select(n => JobBackoff.AfterFailure(n, jitter: 0).TotalSeconds));
        Assert.InRange(JobBackoff.AfterOutage(jitter: 0.999).TotalSeconds, 2, 6);
    }

    [Fact]
    public void What_a_spent_budget_refused_waits_until_it_begins_anew_or_looks_again_in_minutes()
    {
        Assert.Equal(62, JobBackoff.AfterRefusal(TimeSpan.FromMinutes(1), jitter: 0).TotalSeconds);
        Assert.Equal(150, JobBackoff.AfterRefusal(TimeSpan.FromDays(3), jitter: 0).TotalSeconds);
        Assert.InRange(JobBackoff.AfterRefusal(renewsIn: null, jitter: 0.999).TotalMinutes, 7, 7.5);
    }
}
