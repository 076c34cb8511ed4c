using System.Diagnostics;
using AiApp.Rag.Answering.Grounding;
using AiApp.Rag.Caching;
using AiApp.Rag.Caching.Flights;
using AiApp.Rag.Caching.Questions;
using AiApp.Rag.Gateway;
using AiApp.Rag.Prompts;
using AiApp.Rag.Retrieval;

namespace AiApp.Rag.Answering;

/// <summary>What has come to be of one answer so far.</summary>
internal sealed class AnswerRun(Question question, TimeProvider clock)
{
    /// <summary>No model was asked.</summary>
    public const string NoModel = "none";

    private readonly long _start = clock.GetTimestamp();
    private IReadOnlyList<RetrievedChunk> _passages = [];
    private IReadOnlyList<StageTiming> _retrievalStages = [];
    private IReadOnlyList<string> _degraded = [];
    private readonly List<ModelRequest> _checks = [];
    private readonly List<(ModelRequest Request, long Asked)> _judgements = [];
    private ModelRequest? _call;

    public Guid Id { get; } = question.AnswerId ?? Guid.CreateVersion7(clock.GetUtcNow());
    public Question Question { get; } = question;
    public DateTimeOffset AskedAt { get; } = clock.GetUtcNow();
    public StageWatch Stages { get; } = new(clock);

    /// <summary>What the cache decided; null where it was not asked.</summary>
    public CacheResult? CacheResult { get; set; }

    /// <summary>Where it is kept for others; null where it is not.</summary>
    public CachePartition? Partition { get; set; }

    /// <summary>The answer that is given again.</summary>
    public CachedAnswer? Saved { get; set; }

    /// <summary>Of this answer, when others may wait for it.</summary>
    public QuestionFlight? Flight { get; set; }

    /// <summary>It stands in the database as it was given.</summary>
    public bool IsRecorded { get; set; }
    public CitationGate Gate { get; private set; } = new([], question.Text);

    /// <summary>What further calls may take altogether, where more bounds them than their own patience.</summary>
    public CheckLimits? Limits { get; init; }

    /// <summary>What judging its sentences may take altogether; null where nothing else goes on meanwhile.</summary>
    public TimeSpan? JudgingTime { get; init; }

    /// <summary>Whoever was asked to judge or to repair it has, and none of them in the place of a better one.</summary>
    public bool IsCheckedAsWanted => _checks.TrueForAll(check => check is { Answered: not null, Degraded.Count: 0 });

    /// <summary>Of the further calls.</summary>
    public long ChecksCost => _checks.Sum(check => check.Cost);
    public IReadOnlyList<AnswerAttempt> CheckAttempts => AnswerCall.AttemptsOf(_checks, _start, clock);

    /// <summary>Of the model that has written; null when none has.</summary>
    public ModelAttempt? Answered => _call?.Answered;

    /// <summary>Of the question, as retrieval found them; null before it has.</summary>
    public IReadOnlyList<QueryTerm>? Terms { get; private set; }

    public double ElapsedMs => Math.Round(clock.GetElapsedTime(_start).TotalMilliseconds, 2);

    /// <summary>The id of the trace that the question is part of.</summary>
    public string? TraceId { get; } = Activity.Current?.TraceId.ToHexString();

    /// <summary><paramref name="began"/>: in milliseconds after the question was taken.</summary>
    public void Retrieved(RetrievalResult retrieved, double began)
    {
        _passages = retrieved.Chunks;
        _retrievalStages = [.. retrieved.Stages.Select(stage => stage with { StartMs = stage.StartMs + began })];
        _degraded = retrieved.Degraded;
        Terms = retrieved.Terms;
        Gate = new(retrieved.Chunks, Question.Text);
    }

    /// <summary>The call of a model that writes this answer.</summary>
    public ModelRequest Calls(PromptTemplate prompt, bool showsAll)
    {
        _call = NewRequest(ModelStep.Answer, prompt, Question.Replay?.Model, deadline: null);
        foreach (var how in _degraded)
        {
            _call.Degrade(how);
        }
        if (!showsAll)
        {
            _call.Degrade(Degradation.FewerPassages);
        }
        return _call;
    }

    /// <summary>A further call for it: what it has cost is part of what the answer has.</summary>
    public ModelRequest Checks(ModelStep step, PromptTemplate prompt, TimeSpan patience)
    {
        var deadline = Limits?.Left(patience, clock.GetElapsedTime(_start)) ?? patience;
        if (step == ModelStep.Judge && JudgingTime is { } time)
        {
            var left = time - Judged();
            deadline = left < deadline ? left : deadline;
        }
        var check = NewRequest(
            step, prompt, step == ModelStep.Repair ? Question.Replay?.Model : null, deadline > TimeSpan.Zero ? deadline : TimeSpan.Zero, Limits?.Left(ChecksCost));
        _checks.Add(check);
        if (step == ModelStep.Judge)
        {
            _judgements.Add((check, clock.GetTimestamp()));
        }
        return check;
    }

    /// <summary>Waiting included. A judgement without an answer was the last: nobody is asked again.</summary>
    private TimeSpan Judged() => _judgements.Select(one => one.Request.Answered is { Duration: { } duration } answer
        ? clock.GetElapsedTime(one.Asked, answer.Began) + duration : TimeSpan.Zero).Aggregate(TimeSpan.Zero, (sum, time) => sum + time);

    private ModelRequest NewRequest(ModelStep step, PromptTemplate prompt, ModelName? pinned, TimeSpan? deadline, long? ceiling = null) => new()
    {
        // Calls of one answer stand together in the ledger.
        Id = Id,
        Step = step,
        Tenant = Question.Tenant,
        User = Question.AskedBy,
        ApiKey = Question.ApiKey,
        PromptVersion = prompt.Id,
        Pinned = pinned,
        Deadline = deadline,
        PriceCeiling = ceiling,
    };

    /// <summary>A cached answer, given to this question: what it cites is cited from what was found now.</summary>
    public Answer ToAnswer(CacheHit hit, PromptTemplate prompt) => ToAnswer(hit.Cached.Text, AnswerOutcome.Answered, prompt) with
    {
        Citations = hit.Citations,
        Grounding = new(hit.Cached.Supported, hit.Cached.Removed) { Repaired = hit.Cached.Repaired, Conflicts = Conflicts.Find(hit.Citations, _passages) },
        Cached = new(hit.Cached.AnswerId, hit.Cached.AnsweredAt) { Age = AskedAt - hit.Cached.AnsweredAt is { Ticks: > 0 } age ? age : TimeSpan.Zero },
        Provider = hit.Cached.Provider,
        Model = hit.Cached.Model,
    };

    public Answer ToAnswer(string text, AnswerOutcome outcome, PromptTemplate prompt)
    {
        var attempt = _call?.Answered ?? (_call?.Attempts is [.., var last] ? last : null);
        return new()
        {
            Id = Id,
            Question = Question.Text,
            Text = text,
            Outcome = outcome,
            Citations = [.. Gate.Citations],
            Passages = _passages,
            Grounding = Gate.Ground(outcome == AnswerOutcome.InsufficientContext ? QuestionText.Asked(Question.Text) : null),
            Usage = new(attempt?.Tokens?.Input, attempt?.Tokens?.Output),
            Call = AnswerCall.Of(_call, _start, clock, _checks),
            Provider = attempt?.Provider ?? NoModel,
            Model = attempt?.Model ?? NoModel,
            PromptVersion = prompt.Id,
            Stages = [.. _retrievalStages, .. Stages.Stages],
            DurationMs = (int)ElapsedMs,
        };
    }
}

/// <summary>Time from the beginning of the answer on, and nanodollars.</summary>
internal sealed record CheckLimits(TimeSpan Time, long Cost)
{
    public TimeSpan Left(TimeSpan patience, TimeSpan passed)
    {
        var left = Time > passed ? Time - passed : TimeSpan.Zero;
        return left < patience ? left : patience;
    }

    public long Left(long spent) => Math.Max(0, Cost - spent);
}
