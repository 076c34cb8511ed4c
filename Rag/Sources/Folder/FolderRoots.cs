using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace AiApp.Rag.Sources.Folder;

/// <summary>Which paths of the machine may be read: those below the roots of the configuration, by where they really lead.</summary>
internal sealed class FolderRoots(IOptions<SourcesOptions> options, IHostEnvironment environment)
{
    /// <summary>The real path of a folder that may be read.</summary>
    /// <param name="local">Chosen by a developer on the machine itself.</param>
    /// <exception cref="SourceException"/>
    public string Open(string path, bool local)
    {
        if (!Path.IsPathFullyQualified(path) || path.Contains('\0'))
        {
            throw new SourceException(SourceCodes.Validation, "This must be the full path of a folder.");
        }
        var real = RealPath.Of(path);
        var allowed = (local && environment.IsDevelopment())
            || options.Value.FolderRoots.Any(root => RealPath.IsBelow(real, RealPath.Of(root)));
        // Whether a folder outside of the roots exists is not told.
        if (!allowed)
        {
            throw new SourceException(SourceCodes.Forbidden, "The folder is below none of Sources:FolderRoots: whoever runs the service can add its root there.");
        }
        return Directory.Exists(real)
            ? real
            : throw new SourceException(SourceCodes.NotFound, "There is no such folder on the machine that the service runs on: is it mounted?");
    }
}
