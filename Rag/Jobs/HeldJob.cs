namespace AiApp.Rag.Jobs;

/// <summary>A job that is being run, and the signal that its lease is lost: from then on it is another's, or nobody's.</summary>
public sealed record HeldJob(Job Job, CancellationToken LeaseLost);
