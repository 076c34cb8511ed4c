using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;

namespace AiApp.Web.Components.Charts;

/// <summary>Words in a drawing: in a Razor file the element's name means something else.</summary>
public sealed class ChartText : ComponentBase
{
    /// <summary>With its unit.</summary>
    [Parameter, EditorRequired] public required string X { get; set; }
    [Parameter, EditorRequired] public required string Y { get; set; }

    /// <summary>start, middle or end.</summary>
    [Parameter] public string Anchor { get; set; } = "middle";

    /// <summary>Whether y is the middle of the words' height, and not their base line.</summary>
    [Parameter] public bool IsCentred { get; set; }
    [Parameter, EditorRequired] public required string Words { get; set; }

    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        builder.OpenElement(0, "text");
        builder.AddAttribute(1, "class", "chart-text");
        builder.AddAttribute(2, "x", X);
        builder.AddAttribute(3, "y", Y);
        builder.AddAttribute(4, "text-anchor", Anchor);
        builder.AddAttribute(5, "dy", IsCentred ? "0.32em" : null);
        builder.AddContent(6, Words);
        builder.CloseElement();
    }
}
