using System.Threading.Channels;
using AiApp.Rag.Answering;
using AiApp.Rag.Answering.Replays;
using AiApp.Rag.Telemetry;
using Microsoft.Extensions.Options;

namespace AiApp.Rag.Caching.Shadows;

/// <summary>Answers given again that wait to be written anew: a sample of them, and no more than can be written.</summary>
public sealed class ShadowQueue(IOptions<CacheOptions> options)
{
    private const int Waiting = 16;

    private readonly Channel<Shadow> _shadows = Channel.CreateBounded<Shadow>(new BoundedChannelOptions(Waiting) { SingleReader = true });

    internal ChannelReader<Shadow> Reader => _shadows.Reader;

    /// <summary>The tenant bears the cost, and neither the person nor their key.</summary>
    internal void Offer(Question question, Answer given)
    {
        if (Random.Shared.NextDouble() < options.Value.ShadowShare
            && !_shadows.Writer.TryWrite(new(question with { AskedBy = null, ApiKey = null, Replay = new ReplayPlan { Of = given.Id } }, given)))
        {
            RagTelemetry.CacheShadows.Add(1, new KeyValuePair<string, object?>(RagTelemetry.Result, "dropped"));
        }
    }
}

internal sealed record Shadow(Question Question, Answer Given);
