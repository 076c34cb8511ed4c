using System.Text.Json;
using OpenAI.Chat;

namespace Microsoft.Extensions.AI;

/// <summary>Tools, calls of them and their results. Calls inside of a stream are not handed on.</summary>
internal static class ToolCalls
{
    public static ChatTool ToTool(AIFunctionDeclaration tool) => ChatTool.CreateFunctionTool(
        tool.Name, tool.Description, BinaryData.FromString(tool.JsonSchema.GetRawText()),
        tool.AdditionalProperties.TryGetValue("strict", out var strict) && strict is bool isStrict ? isStrict : null);

    public static ChatToolCall ToCall(FunctionCallContent call) => ChatToolCall.CreateFunctionToolCall(
        call.CallId, call.Name, BinaryData.FromString(JsonSerializer.Serialize(call.Arguments, AIJsonUtilities.DefaultOptions)));

    /// <summary>Arguments that cannot be read are the content's <see cref="FunctionCallContent.Exception"/>.</summary>
    public static FunctionCallContent ToContent(ChatToolCall call)
    {
        var content = FunctionCallContent.CreateFromParsedArguments(
            call.FunctionArguments.ToString(), call.Id, call.FunctionName,
            static json => JsonSerializer.Deserialize<Dictionary<string, object?>>(json, AIJsonUtilities.DefaultOptions)!);
        content.RawRepresentation = call;
        return content;
    }

    public static string ResultText(FunctionResultContent result) =>
        result.Result as string ?? JsonSerializer.Serialize(result.Result, AIJsonUtilities.DefaultOptions);
}
