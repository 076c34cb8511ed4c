namespace Aspire.Hosting
{
    public interface IProjectMetadata
    {
        string ProjectPath { get; }
    }

    public class DistributedApplicationException : Exception
    {
        public DistributedApplicationException()
        {
        }

        public DistributedApplicationException(string message)
            : base(message)
        {
        }

        public DistributedApplicationException(string message, Exception inner)
            : base(message, inner)
        {
        }
    }
}

namespace Aspire.Hosting.Native
{
    /// <summary>Implemented beside <see cref="IProjectMetadata"/> by the generated Projects classes: what the build has produced.</summary>
    public interface IBuiltProject
    {
        string AssemblyPath { get; }
    }
}
