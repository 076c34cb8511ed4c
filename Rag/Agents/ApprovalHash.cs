using System.Security.Cryptography;
using System.Text;

namespace AiApp.Rag.Agents;

/// <summary>What an approval is bound to: this call of this run, letter by letter, as it was asked about this time.</summary>
internal static class ApprovalHash
{
    /// <param name="run">Whose call it is.</param>
    /// <param name="step">Its number.</param>
    /// <param name="call">As it would be sent.</param>
    /// <param name="asking">Counts from 1: a person may be asked about one call several times.</param>
    public static string Of(Guid run, int step, AgentCall call, int asking) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{run}\n{step}\n{asking}\n{call.Tool}\n{call.Arguments}")));
}
