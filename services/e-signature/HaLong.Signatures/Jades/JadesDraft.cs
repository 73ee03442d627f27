using System.Buffers.Text;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using HaLong.Signatures.Cryptography;

namespace HaLong.Signatures.Jades;

/// <summary>
/// JAdES baseline B in compact form (ETSI TS 119 182-1 V1.2.1): a JWS (RFC 7515) whose header names the certificate that signs
/// (<c>x5t#S256</c>), encloses its chain without the root (<c>x5c</c>) and says when (<c>iat</c>, which that edition puts in the place of
/// <c>sigT</c>). None of these needs <c>crit</c>. The compact form has no room for time-stamps, so there is no higher level.
/// </summary>
internal sealed class JadesDraft
{
    private readonly SignatureAlgorithm algorithm;
    private readonly int coordinate;

    private JadesDraft(string header, string payload, SignatureAlgorithm algorithm, int coordinate) =>
        (Header, Payload, this.algorithm, this.coordinate) = (header, payload, algorithm, coordinate);

    /// <summary>Base64url.</summary>
    public string Header { get; }

    /// <summary>Base64url.</summary>
    public string Payload { get; }

    /// <summary>What the signer signs.</summary>
    public byte[] HashToSign => CryptographicOperations.HashData(algorithm.Hash, Encoding.ASCII.GetBytes($"{Header}.{Payload}"));

    /// <param name="payload">What is stated.</param>
    /// <param name="chain">Certificates, signer first.</param>
    /// <param name="algorithm">How the signer signs.</param>
    /// <param name="issuedAt">When the signer says that it was; whole seconds count.</param>
    /// <param name="type">Media type of the whole without "application/" (RFC 7515 §4.1.9).</param>
    /// <exception cref="ArgumentException">No JWS algorithm has this hash on this curve.</exception>
    public static JadesDraft Prepare(ReadOnlySpan<byte> payload, IReadOnlyList<X509Certificate2> chain, SignatureAlgorithm algorithm,
        DateTimeOffset issuedAt, string type)
    {
        using var elliptic = chain[0].GetECDsaPublicKey();
        var jws = JwsAlgorithm.Of(algorithm, elliptic?.KeySize ?? 0)
            ?? throw new ArgumentException("No JWS algorithm has this hash on this curve.", nameof(algorithm));
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteString("alg", jws.Name);
            writer.WriteString("typ", type);
            writer.WriteNumber("iat", issuedAt.ToUnixTimeSeconds());
            writer.WriteString("x5t#S256", Base64Url.EncodeToString(SHA256.HashData(chain[0].RawDataMemory.Span)));
            writer.WriteStartArray("x5c");
            foreach (var certificate in chain.Where(c => !IsRoot(c)))
                writer.WriteBase64StringValue(certificate.RawDataMemory.Span);
            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        return new JadesDraft(Base64Url.EncodeToString(buffer.ToArray()), Base64Url.EncodeToString(payload), algorithm, jws.Coordinate);
    }

    /// <param name="signature">The signature value over <see cref="HashToSign"/>; DER for elliptic curves, as keys here sign.</param>
    /// <returns>JWS in compact form.</returns>
    public string Assemble(byte[] signature) =>
        $"{Header}.{Payload}.{Base64Url.EncodeToString(coordinate == 0 ? signature : JwsAlgorithm.ToCoordinates(signature, coordinate))}";

    private static bool IsRoot(X509Certificate2 certificate) =>
        certificate.SubjectName.RawData.AsSpan().SequenceEqual(certificate.IssuerName.RawData);
}
