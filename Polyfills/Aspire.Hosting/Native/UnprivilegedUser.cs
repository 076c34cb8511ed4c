namespace Aspire.Hosting.Native;

/// <summary>Servers refuse to run as root, rightly: when the AppHost is root they run as this user.</summary>
internal sealed record UnprivilegedUser(string UserId, string GroupId)
{
    private static readonly string[] Preferred = ["postgres", "nobody"];

    public string[] SetprivOptions => ["--reuid", UserId, "--regid", GroupId, "--clear-groups"];

    /// <summary>Null when this process is not root and needs no other user.</summary>
    public static UnprivilegedUser? Find()
    {
        if (!Environment.IsPrivilegedProcess)
        {
            return null;
        }

        var users = File.ReadLines("/etc/passwd").Select(line => line.Split(':')).Where(fields => fields.Length > 3).ToList();
        var chosen = Preferred.Select(name => users.FirstOrDefault(fields => fields[0] == name)).FirstOrDefault(fields => fields is not null)
            ?? throw new DistributedApplicationException("Running as root needs a user 'postgres' or 'nobody' for the servers.");
        return new UnprivilegedUser(chosen[2], chosen[3]);
    }
}
