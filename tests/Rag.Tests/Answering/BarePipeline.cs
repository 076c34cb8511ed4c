using AiApp.Rag.Answering;
using AiApp.Rag.Retrieval;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Npgsql;

namespace AiApp.Rag.Tests.Answering;

/// <summary>A pipeline that gets no further than its search, and whose database is closed: a connection asked for is a fault of ours.</summary>
internal sealed class BarePipeline(Func<Task<RetrievalResult>> search) : IRetriever
{
    public TimeProvider Clock { get; init; } = TimeProvider.System;
    public ILogger<AnswerPipeline> Logger { get; init; } = NullLogger<AnswerPipeline>.Instance;

    public AnswerPipeline Build()
    {
        var database = NpgsqlDataSource.Create("Host=127.0.0.1");
        database.Dispose();
        return new(
            this, model: null!, judge: null!, repair: null!, new AnswerStore(database), evaluations: null!, cache: null!, shadows: null!,
            Options.Create(new AnsweringOptions()), Clock, Logger);
    }

    public Task<RetrievalResult> RetrieveAsync(RetrievalQuery query, CancellationToken ct) => search();
}
