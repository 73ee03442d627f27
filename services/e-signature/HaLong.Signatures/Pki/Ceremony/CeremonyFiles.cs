using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using HaLong.Signatures.Cryptography.Pkcs11;

namespace HaLong.Signatures.Pki.Ceremony;

/// <summary>What is carried between the machines: PEM throughout, so people can look at it. Keys are readable by their owner only, and encrypted or in a token.</summary>
internal static class CeremonyFiles
{
    private const string EncryptedKey = "ENCRYPTED PRIVATE KEY";
    private const string TokenReference = "HALONG TOKEN KEY";
    private const string List = "X509 CRL";
    private const string Request = "CERTIFICATE REQUEST";

    public static void WriteCertificate(string path, X509Certificate2 certificate) => Write(path, certificate.ExportCertificatePem(), secret: false);

    public static void WriteList(string path, byte[] list) => Write(path, PemEncoding.WriteString(List, list), secret: false);

    public static void WriteRequest(string path, byte[] request) => Write(path, PemEncoding.WriteString(Request, request), secret: false);

    public static void WriteKey(string path, byte[] reference) =>
        Write(path, PemEncoding.WriteString(TokenKey.Is(reference) ? TokenReference : EncryptedKey, reference), secret: true);

    /// <exception cref="CryptographicException">The file is no certificate.</exception>
    public static X509Certificate2 ReadCertificate(string path) => X509Certificate2.CreateFromPem(File.ReadAllText(path));

    public static byte[] ReadList(string path) => Read(path, List);

    public static byte[] ReadRequest(string path) => Read(path, Request);

    public static byte[] ReadKey(string path) => Read(path, EncryptedKey, TokenReference);

    // Never over something that is there: a key that is overwritten is a key that is lost.
    private static void Write(string path, string text, bool secret)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite | (secret ? 0 : UnixFileMode.GroupRead | UnixFileMode.OtherRead);
        using var writer = new StreamWriter(path, options);
        writer.Write(text + "\n");
    }

    private static byte[] Read(string path, params string[] labels)
    {
        var text = File.ReadAllText(path);
        return PemEncoding.TryFind(text, out var fields) && labels.Contains(text[fields.Label])
            ? Convert.FromBase64String(text[fields.Base64Data]) : throw new CryptographicException($"{path} is not what is wanted here ({string.Join(" or ", labels)}).");
    }
}
