using System.Text;
using AiApp.Integration.Tests.Hosting;
using AiApp.Rag.Gateway;
using AiApp.Testing;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Options;

namespace AiApp.Integration.Tests.Gateway;

/// <summary>A model whose rank file was supplied. That of the tests knows bytes alone and "a"s, by twos and fours.</summary>
public sealed class TokenizerTests : IAsyncLifetime
{
    private static readonly ChatMessage[] Prompt = [new(ChatRole.User, new string('a', 4000))];

    private readonly string _ranks = Path.GetTempFileName();
    private TestDatabase _database = null!;
    private ModelServer _server = null!;

    public async Task InitializeAsync()
    {
        var tokens = Enumerable.Range(0, 256).Select(value => new[] { (byte)value }).Append("aa"u8.ToArray()).Append("aaaa"u8.ToArray());
        await File.WriteAllTextAsync(_ranks, string.Concat(tokens.Select((token, rank) => $"{Convert.ToBase64String(token)} {rank}\n")), Encoding.ASCII);
        _database = await TestDatabase.CreateAsync();
        _server = await ModelServer.StartAsync(new ModelServerOptions { Mode = AnswerMode.Scripted, Script = ["It ", "climbs ", "trees."] });
    }

    public async Task DisposeAsync()
    {
        await _server.DisposeAsync();
        await _database.DisposeAsync();
        File.Delete(_ranks);
    }

    [Fact]
    public async Task A_call_that_breaks_off_is_reserved_and_charged_by_the_tokens_of_its_model()
    {
        var request = await NewRequestAsync();
        _server.ChatFaults.Next(new Fault.Stall(2));
        await using (var gateway = Start())
        {
            await foreach (var update in gateway.Chat.GetStreamingResponseAsync(Prompt, GatewayHost.Options(request, maxOutputTokens: 100)))
            {
                if (update.Text.Length > 0)
                {
                    break;
                }
            }
        }

        // Everything is settled before the process ends. Around a message are 4 tokens, and 3 before the answer; 8 at most.
        Assert.Equal(1000 + 7L, await _database.ReadAsync<long>("SELECT input_token_count::bigint FROM usage_ledger"));
        Assert.Equal(((1000 + 8) * 1000) + (100 * 4000L), await _database.ReadAsync<long>("SELECT reserved_cost FROM usage_ledger"));
        Assert.Equal("canceled true", await _database.ReadAsync<string>("SELECT outcome || ' ' || tokens_are_estimated FROM usage_ledger"));
    }

    [Fact]
    public async Task A_prompt_that_fits_by_its_tokens_is_sent_and_one_that_might_not_by_estimate_is_not()
    {
        await using var exact = Start("--Models:Chat:m0:ContextTokens=1108", "--Models:Chat:m0:MaxOutputTokens=100");
        await exact.Chat.GetResponseAsync(Prompt, GatewayHost.Options(await NewRequestAsync(), maxOutputTokens: 100));
        Assert.Single(_server.Calls);

        await using var estimated = Start("--Models:Chat:m0:ContextTokens=1108", "--Models:Chat:m0:MaxOutputTokens=100", "--Models:Chat:m0:Tokenizer=");
        var refused = await Assert.ThrowsAsync<ModelProviderException>(
            async () => await estimated.Chat.GetResponseAsync(Prompt, GatewayHost.Options(await NewRequestAsync(), maxOutputTokens: 100)));
        Assert.True(refused.IsOfTheRequest);
        Assert.Single(_server.Calls);
    }

    [Fact]
    public async Task A_rank_file_that_is_none_keeps_the_service_from_starting()
    {
        await File.WriteAllTextAsync(_ranks, "<html>");
        await using var gateway = Start();

        Assert.Contains("Models:Tokenizers:tiny:RanksFile", Assert.Throws<OptionsValidationException>(() => gateway.Chat).Message);
    }

    private GatewayHost Start(params string[] settings) => GatewayHost.Start(
        _database, [_server.Endpoint], [$"--Models:Tokenizers:tiny:RanksFile={_ranks}", "--Models:Tokenizers:tiny:Pattern=o200k_base", "--Models:Chat:m0:Tokenizer=tiny", .. settings]);

    private async Task<ModelRequest> NewRequestAsync() => new() { Step = ModelStep.Answer, Tenant = await GatewayHost.NewTenantAsync(_database) };
}
