using System.ComponentModel.DataAnnotations;
using System.Security.Cryptography;
using System.Text;
using AiApp.Rag.Gateway.Usage.Tokens;
using AiApp.Rag.Models;

namespace AiApp.Rag.Tests.Gateway.Tokens;

public sealed class TokenizersTests : IDisposable
{
    private readonly string _file = Path.GetTempFileName();

    public TokenizersTests() => File.WriteAllText(_file, TinyRanks.File);

    public void Dispose() => File.Delete(_file);

    [Fact]
    public void A_model_counts_by_the_tokenizer_it_names_and_others_estimate()
    {
        var options = Options(_file, sha256: Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(TinyRanks.File))));
        var tokenizers = new Tokenizers();

        Assert.True(tokenizers.Validate(null, options).Succeeded);
        Assert.Empty(options.Validate(new ValidationContext(options)));
        Assert.Equal(TinyRanks.Tokenizer().Count("the quick brown fox"), tokenizers.CounterFor("tiny", options).Likely("the quick brown fox"));
        Assert.Same(TokenCounter.Estimating, tokenizers.CounterFor("", options));
    }

    [Fact]
    public void A_file_is_read_once()
    {
        var options = Options(_file);
        var tokenizers = new Tokenizers();
        Assert.True(tokenizers.Validate(null, options).Succeeded);

        File.WriteAllText(_file, "no ranks");

        Assert.True(tokenizers.Validate(null, options).Succeeded);
        Assert.Equal(TinyRanks.Tokenizer().Count("the"), tokenizers.CounterFor("tiny", options).Likely("the"));
    }

    [Fact]
    public void A_file_that_is_absent_is_told_with_its_setting()
    {
        var failed = new Tokenizers().Validate(null, Options(_file + ".absent"));

        Assert.Contains("Models:Tokenizers:tiny:RanksFile: there is no file", failed.FailureMessage);
    }

    [Fact]
    public void A_file_that_is_none_or_another_is_told_with_what_to_do()
    {
        Assert.Contains("get the file again, or correct Sha256", new Tokenizers().Validate(null, Options(_file, sha256: new string('0', 64))).FailureMessage);

        File.WriteAllText(_file, "<html>");
        Assert.Contains("on line 1: it must be a rank file in the format of tiktoken", new Tokenizers().Validate(null, Options(_file)).FailureMessage);
    }

    [Fact]
    public void What_is_set_wrong_is_told_with_what_to_set()
    {
        var options = new ModelsOptions
        {
            Tokenizers = { ["tiny"] = new() { RanksFile = "", Pattern = "gpt", Sha256 = "abc" } },
            Chat = { ["m"] = new() { Provider = ModelsOptions.OpenAICompatible, Tokenizer = "other" } },
            Embeddings = { ["e"] = new() { Provider = ModelsOptions.OpenAICompatible, Model = "e", Dimensions = 8, Tokenizer = "other" } },
        };

        var told = string.Join('\n', options.Validate(new ValidationContext(options)).Select(problem => problem.ErrorMessage));

        Assert.Contains("Models:Tokenizers:tiny:RanksFile is missing", told);
        Assert.Contains("Models:Tokenizers:tiny:Pattern must be one of o200k_base, cl100k_base", told);
        Assert.Contains("Models:Tokenizers:tiny:Sha256 must be 64 hexadecimal digits", told);
        Assert.Contains("Models:Chat:m:Tokenizer must be a key of Models:Tokenizers: tiny.", told);
        Assert.Contains("Models:Embeddings:e:Tokenizer must be a key of Models:Tokenizers: tiny.", told);
        Assert.True(new Tokenizers().Validate(null, options).Succeeded);
    }

    private static ModelsOptions Options(string file, string sha256 = "") => new()
    {
        Tokenizers = { ["tiny"] = new() { RanksFile = file, Pattern = "o200k_base", Sha256 = sha256 } },
        Chat = { ["m"] = new() { Provider = ModelsOptions.OpenAICompatible, Tokenizer = "tiny" } },
    };
}
