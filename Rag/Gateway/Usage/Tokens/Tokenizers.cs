using System.Collections.Concurrent;
using AiApp.Rag.Models;
using Microsoft.Extensions.Options;

namespace AiApp.Rag.Gateway.Usage.Tokens;

/// <summary>The tokenizers of Models:Tokenizers. Validating the options reads their files, once; what was read is kept.</summary>
internal sealed class Tokenizers : IValidateOptions<ModelsOptions>
{
    private readonly ConcurrentDictionary<(string File, string Pattern, string Sha256), BytePairTokenizer> _read = new();

    public ValidateOptionsResult Validate(string? name, ModelsOptions options)
    {
        // What the section itself has to say about them is said by its own rules.
        var problems = options.Tokenizers
            .Where(tokenizer => !tokenizer.Value.Validate(tokenizer.Key).Any())
            .Select(tokenizer => FindProblem(tokenizer.Key, tokenizer.Value))
            .OfType<string>().ToList();
        return problems.Count > 0 ? ValidateOptionsResult.Fail(problems) : ValidateOptionsResult.Success;
    }

    /// <summary>How tokens of a model are counted: estimated when it has no tokenizer.</summary>
    public TokenCounter CounterFor(string tokenizer, ModelsOptions options) =>
        tokenizer.Length == 0 ? TokenCounter.Estimating : new(Get(options.Tokenizers[tokenizer]));

    private BytePairTokenizer Get(TokenizerOptions options) => _read.GetOrAdd(
        (options.RanksFile, options.Pattern, options.Sha256),
        key => new(RankFile.Read(key.File, key.Sha256), SplitPattern.Find(key.Pattern)!));

    private string? FindProblem(string name, TokenizerOptions options)
    {
        var setting = $"Models:Tokenizers:{name}:RanksFile";
        try
        {
            Get(options);
            return null;
        }
        catch (InvalidDataException invalid)
        {
            return $"{setting}: the file {invalid.Message}";
        }
        catch (Exception unreadable) when (unreadable is FileNotFoundException or DirectoryNotFoundException)
        {
            return $"{setting}: there is no file '{options.RanksFile}'; set it to where the tokenizer's published rank file lies on this machine.";
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return $"{setting}: the file cannot be read; let the account of this process read it.";
        }
    }
}
