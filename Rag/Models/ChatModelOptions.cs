using System.ComponentModel.DataAnnotations;
using AiApp.Rag.Gateway;
using AiApp.Rag.Gateway.Usage;

namespace AiApp.Rag.Models;

/// <summary>One chat model of one provider.</summary>
public sealed class ChatModelOptions
{
    /// <summary>A key of Models:Providers.</summary>
    public string Provider { get; set; } = "";

    /// <summary>The provider's own name of the model; that of the section when empty.</summary>
    public string Model { get; set; } = "";

    /// <summary>Tokens of prompt and answer together.</summary>
    public int ContextTokens { get; set; } = 128_000;
    public int MaxOutputTokens { get; set; } = 16_000;

    /// <summary>tools, json_schema, vision, reasoning.</summary>
    public List<string> Abilities { get; set; } = [];
    public List<PriceOptions> Prices { get; set; } = [];

    /// <summary>A key of Models:Tokenizers; tokens are estimated when empty.</summary>
    public string Tokenizer { get; set; } = "";

    internal ModelAbilities AbilityFlags => Abilities.Aggregate(ModelAbilities.None, (all, name) => all | (Parse(name) ?? ModelAbilities.None));

    internal IEnumerable<ValidationResult> Validate(string name, IEnumerable<string> providers, IEnumerable<string> tokenizers)
    {
        var section = $"Models:Chat:{name}";
        if (!providers.Contains(Provider))
        {
            yield return new($"{section}:Provider must be a key of Models:Providers: {string.Join(", ", providers)}.");
        }
        if (ContextTokens is < 256 or > 100_000_000)
        {
            yield return new($"{section}:ContextTokens must be between 256 and 100000000.");
        }
        if (MaxOutputTokens < 1 || MaxOutputTokens > ContextTokens)
        {
            yield return new($"{section}:MaxOutputTokens must be between 1 and ContextTokens.");
        }
        foreach (var unknown in Abilities.Where(ability => Parse(ability) is null))
        {
            yield return new($"{section}:Abilities has '{unknown}': known are tools, json_schema, vision, reasoning.");
        }
        foreach (var problem in Prices.SelectMany(price => price.Validate(section)).Concat(TokenizerOptions.ValidateUse(section, Tokenizer, tokenizers)))
        {
            yield return problem;
        }
    }

    private static ModelAbilities? Parse(string ability) => ability switch
    {
        "tools" => ModelAbilities.Tools,
        "json_schema" => ModelAbilities.JsonSchema,
        "vision" => ModelAbilities.Vision,
        "reasoning" => ModelAbilities.Reasoning,
        _ => null,
    };
}

/// <summary>Dollars for a million tokens, from a day on.</summary>
public sealed class PriceOptions
{
    /// <summary>Kept with every call that was priced by it.</summary>
    public string Version { get; set; } = "";

    /// <summary>Since ever when not set.</summary>
    public DateOnly From { get; set; }
    public decimal Input { get; set; }

    /// <summary>As <see cref="Input"/> when null.</summary>
    public decimal? CachedInput { get; set; }
    public decimal Output { get; set; }

    /// <summary>Dollars for a thousand calls, besides their tokens.</summary>
    public decimal ThousandCalls { get; set; }

    internal static PriceTable ToTable(IEnumerable<PriceOptions> prices) => new(prices.Select(price => (price.From, price.ToPrices())));

    internal IEnumerable<ValidationResult> Validate(string section)
    {
        if (string.IsNullOrWhiteSpace(Version))
        {
            yield return new($"{section}:Prices: Version is missing: name each price list, for example by its month.");
        }
        if (Input < 0 || Output < 0 || CachedInput < 0 || Math.Max(Input, Output) > 1_000_000)
        {
            yield return new($"{section}:Prices: Input, CachedInput and Output are dollars for a million tokens, from 0 to 1000000.");
        }
        if (ThousandCalls is < 0 or > 1_000_000)
        {
            yield return new($"{section}:Prices: ThousandCalls is dollars for a thousand calls, from 0 to 1000000.");
        }
    }

    private TokenPrices ToPrices() => new(Version, Input * 1000, (CachedInput ?? Input) * 1000, Output * 1000) { Call = ThousandCalls * 1_000_000 };
}
