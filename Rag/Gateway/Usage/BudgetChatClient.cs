using System.Runtime.CompilerServices;
using AiApp.Rag.Gateway.Usage.Tokens;
using Microsoft.Extensions.AI;

namespace AiApp.Rag.Gateway.Usage;

/// <summary>Reserves what each call may cost at worst, and settles what it has cost, however it ends.</summary>
internal sealed class BudgetChatClient(IChatClient inner, CallMeter meter) : DelegatingChatClient(inner)
{
    public override async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        var prompt = messages as IReadOnlyList<ChatMessage> ?? [.. messages];
        using var call = await meter.BeginAsync(prompt, options!, cancellationToken);
        try
        {
            var response = await base.GetResponseAsync(prompt, options, cancellationToken);
            call.Used(response.Usage);
            foreach (var text in response.Messages.SelectMany(message => message.Contents).Select(ToolTexts.Of).OfType<string>())
            {
                call.Wrote(text);
            }
            call.End(ModelFailureCodes.Ok);
            return response;
        }
        catch (Exception failure)
        {
            call.End(ModelFailureCodes.Of(failure));
            throw;
        }
    }

    public override async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var prompt = messages as IReadOnlyList<ChatMessage> ?? [.. messages];
        using var call = await meter.BeginAsync(prompt, options!, cancellationToken);
        await using var updates = base.GetStreamingResponseAsync(prompt, options, cancellationToken).GetAsyncEnumerator(cancellationToken);
        while (true)
        {
            try
            {
                if (!await updates.MoveNextAsync())
                {
                    break;
                }
            }
            catch (Exception failure)
            {
                call.End(ModelFailureCodes.Of(failure));
                throw;
            }
            foreach (var content in updates.Current.Contents)
            {
                switch (content)
                {
                    case UsageContent usage:
                        call.Used(usage.Details);
                        break;
                    case TextContent text:
                        call.Wrote(text.Text);
                        break;
                }
            }
            yield return updates.Current;
        }
        call.End(ModelFailureCodes.Ok);
    }
}
