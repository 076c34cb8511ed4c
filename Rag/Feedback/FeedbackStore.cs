using AiApp.Rag.Access;
using AiApp.Rag.Storage;
using AiApp.Rag.Tenants;
using Npgsql;

namespace AiApp.Rag.Feedback;

/// <summary>What people say of their answers: one word of each about each, replaced when they say another.</summary>
public sealed class FeedbackStore(NpgsqlDataSource database, FeedbackTelemetry telemetry)
{
    /// <summary>Null for an answer that was not given to <paramref name="user"/>.</summary>
    public async Task<AnswerFeedback?> GiveAsync(TenantId tenant, PrincipalSet principals, string user, AnswerFeedback feedback, CancellationToken ct)
    {
        await using var batch = database.ReadAs(tenant, principals).Append(FeedbackSql.Give,
            tenant, feedback.AnswerId, user, feedback.Verdict, feedback.Reason, feedback.Comment, feedback.ExpectedAnswer, feedback.ExpectedDocument);
        await using var reader = await batch.ExecuteAsCallerAsync(ct);
        if (!await reader.ReadAsync(ct))
        {
            return null;
        }
        telemetry.Tell(feedback);
        return feedback with { GivenBy = user, GivenAt = reader.GetFieldValue<DateTimeOffset>(0) };
    }

    /// <summary>False when there is none.</summary>
    public async Task<bool> WithdrawAsync(TenantId tenant, PrincipalSet principals, string user, Guid answer, CancellationToken ct)
    {
        await using var batch = database.ReadAs(tenant, principals).Append(FeedbackSql.Withdraw, tenant, answer, user);
        await using var reader = await batch.ExecuteAsCallerAsync(ct);
        return await reader.ReadAsync(ct);
    }

    /// <summary>Newest first.</summary>
    public async Task<FeedbackPage<AnswerFeedback>> ListAsync(TenantId tenant, PrincipalSet principals, FeedbackQuery query, CancellationToken ct)
    {
        var cursor = PageCursor.Parse(query.Cursor);
        await using var batch = database.ReadAs(tenant, principals).Append(FeedbackSql.List,
            tenant, query.From, query.To, cursor.At, cursor.Id, query.Limit + 1, query.Verdict, query.Reason);
        await using var reader = await batch.ExecuteAsCallerAsync(ct);
        var found = new List<AnswerFeedback>();
        while (await reader.ReadAsync(ct))
        {
            found.Add(Read(reader));
        }
        return ToPage(found, query.Limit, feedback => feedback);
    }

    /// <summary>Bad answers as questions for a golden set, newest first; what they say only where <paramref name="principals"/> may read it.</summary>
    public async Task<FeedbackPage<GoldenCandidate>> ListCandidatesAsync(TenantId tenant, PrincipalSet principals, FeedbackQuery query, CancellationToken ct)
    {
        var cursor = PageCursor.Parse(query.Cursor);
        await using var batch = database.ReadAs(tenant, principals).Append(FeedbackSql.Candidates,
            tenant, principals.ToArray(), query.From, query.To, cursor.At, cursor.Id, query.Limit + 1, query.Reason);
        await using var reader = await batch.ExecuteAsCallerAsync(ct);
        var found = new List<GoldenCandidate>();
        while (await reader.ReadAsync(ct))
        {
            found.Add(new()
            {
                Feedback = Read(reader),
                Question = reader.GetString(8),
                Collection = reader.Text(9),
                Answer = reader.Text(10),
                Cited = reader.IsDBNull(11) ? [] : reader.GetFieldValue<string[]>(11),
            });
        }
        return ToPage(found, query.Limit, candidate => candidate.Feedback);
    }

    internal static AnswerFeedback Read(NpgsqlDataReader row) => new()
    {
        AnswerId = row.GetGuid(0),
        Verdict = row.GetString(1),
        Reason = row.Text(2),
        Comment = row.Text(3),
        ExpectedAnswer = row.Text(4),
        ExpectedDocument = row.Text(5),
        GivenBy = row.GetString(6),
        GivenAt = row.GetFieldValue<DateTimeOffset>(7),
    };

    private static FeedbackPage<T> ToPage<T>(List<T> found, int limit, Func<T, AnswerFeedback> feedback)
    {
        var items = found.Take(limit).ToList();
        var last = found.Count > limit ? feedback(items[^1]) : null;
        return new(items, last is null ? null : new PageCursor(last.GivenAt, last.AnswerId).ToString());
    }
}
