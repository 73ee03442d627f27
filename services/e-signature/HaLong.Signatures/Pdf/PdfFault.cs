namespace HaLong.Signatures.Pdf;

/// <summary>Why a file cannot be read or signed.</summary>
internal enum PdfFault
{
    NotPdf,
    Malformed,
    Encrypted,
    Locked,
    NoPlace,
}

/// <summary>Raised anywhere inside the reader and turned into an error value at its edge.</summary>
internal sealed class PdfException(PdfFault fault, string detail) : Exception(detail)
{
    public PdfFault Fault { get; } = fault;

    public static PdfException Malformed(string detail) => new(PdfFault.Malformed, detail);
}
