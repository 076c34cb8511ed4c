#pragma warning disable CA1032 // As the package declares them.
namespace UglyToad.PdfPig.Exceptions
{
    /// <summary>The document needs a password.</summary>
    public class PdfDocumentEncryptedException : Exception
    {
        public PdfDocumentEncryptedException(string message)
            : base(message)
        {
        }
    }
}

namespace UglyToad.PdfPig.Core
{
    /// <summary>The document does not follow its format.</summary>
    public class PdfDocumentFormatException : Exception
    {
        public PdfDocumentFormatException(string message)
            : base(message)
        {
        }
    }
}
