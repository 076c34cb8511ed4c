using System.Security.Cryptography;
using System.Text;

namespace AiApp.Rag.Agents;

/// <summary>What an approval is bound to: this call of this run, letter by letter.</summary>
internal static class ApprovalHash
{
    public static string Of(Guid run, int step, AgentCall call) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{run}\n{step}\n{call.Tool}\n{call.Arguments}")));
}
