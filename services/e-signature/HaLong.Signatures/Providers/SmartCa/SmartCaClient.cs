using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using HaLong.ServiceDefaults;
using HaLong.Signatures.Cryptography;
using HaLong.Signatures.Providers.Orders;
using Microsoft.Extensions.Options;

namespace HaLong.Signatures.Providers.SmartCa;

/// <summary>Speaks to the gateway of SmartCA. What a person is called there is the personal number: it goes out in bodies and nowhere else.</summary>
internal sealed partial class SmartCaClient(ProviderChannel channel, IOptions<ProviderOptions> options, TimeProvider time, ILogger<SmartCaClient> log)
{
    private SmartCaOptions Settings => options.Value.SmartCa;

    private TimeSpan Timeout => TimeSpan.FromSeconds(Settings.TimeoutSeconds);

    /// <summary>The certificates of a person, those that can sign.</summary>
    public async Task<Result<IReadOnlyList<ProviderCredential>>> CertificatesAsync(string user, string serial, CancellationToken ct)
    {
        var answer = await channel.AskAsync(SmartCaProvider.Word, "get_certificate", Address("/v1/credentials/get_certificate"),
            new SmartCaCertificateQuery(Settings.SpId, Settings.SpPassword, user, serial, Guid.CreateVersion7(time.GetUtcNow()).ToString("N")), null, Timeout, ct);
        if (Refusal(answer) is { } refusal)
            return refusal;
        // The gateway knows no such person, or no certificate of his.
        if (!answer.IsOk)
            return Result.Of<IReadOnlyList<ProviderCredential>>([]);
        var data = answer.Body.Member("data") is { ValueKind: JsonValueKind.Object } inner ? inner : answer.Body;
        var items = data.Items("user_certificates");
        return Result.Of<IReadOnlyList<ProviderCredential>>([.. items.Select(i => Credential(i)).OfType<ProviderCredential>()]);
    }

    /// <summary>Asks the person to sign, once.</summary>
    public Task<ProviderAnswer> SignAsync(ProviderOrder order, string user, IReadOnlyList<string> titles, CancellationToken ct) =>
        channel.OrderAsync(SmartCaProvider.Word, "sign", Address("/v1/signatures/sign"), new SmartCaSignRequest(
            Settings.SpId, Settings.SpPassword, user, order.OurTransaction, Description(titles), order.CredentialId, SmartCaSignRequest.Moment(time.GetUtcNow()),
            [.. order.Hashes.Select((hash, i) => new SmartCaFile(DocId(order, i), "pdf", "hash", Convert.ToHexStringLower(hash)))]), null, Timeout, ct);

    /// <summary>What became of an order, by their id.</summary>
    public Task<ProviderAnswer> StatusAsync(string tranCode, CancellationToken ct) => channel.AskAsync(SmartCaProvider.Word, "status",
        Address("/v1/signatures/sign/" + Uri.EscapeDataString(tranCode) + "/status"), new SmartCaCaller(Settings.SpId, Settings.SpPassword), null, Timeout, ct);

    /// <summary>The refusal of an answer that tells nothing about the person; null when it tells.</summary>
    public Error? Refusal(ProviderAnswer answer)
    {
        if (answer.Reached != Reached.Answered || answer.IsPassing || answer.Status >= 500)
            return ProviderErrors.Unavailable;
        if (answer.Status == 401)
        {
            NotAccepted(log);
            return ProviderErrors.NotAccepted;
        }

        if (answer.Status == 403)
            return ProviderErrors.CredentialDisabled;
        return answer.IsOk && answer.Body is null ? ProviderErrors.Unreadable : null;
    }

    /// <summary>Under which a hash's signature comes back.</summary>
    public static string DocId(ProviderOrder order, int index) => $"{order.OurTransaction}-{index}";

    // Shown on the telephone: what is signed, as far as there is room.
    private static string Description(IReadOnlyList<string> titles)
    {
        var text = titles.Count == 1 ? titles[0] : $"{titles.Count} tài liệu: {string.Join("; ", titles)}";
        return text.Length <= 250 ? text : text[..249] + "…";
    }

    private Uri Address(string path) => new(Settings.Url.TrimEnd('/') + Settings.Path.TrimEnd('/') + path);

    private ProviderCredential? Credential(JsonElement? item)
    {
        var (serial, chain) = (item.Text("serial_number"), item.Member("chain_data"));
        if (serial.Length is 0 or > 100 || Load(item.Text("cert_data")) is not { } signer)
            return null;
        try
        {
            var usual = SignatureAlgorithm.Of(signer);
            // SmartCA signs SHA-256 only.
            if (SignatureAlgorithm.ByHash(usual.IsRsa, SignatureAlgorithm.EcdsaSha256.HashOid) is not { } algorithm
                || signer.NotAfter.ToUniversalTime() <= time.GetUtcNow().UtcDateTime)
                return null;
            return new ProviderCredential(serial, [signer, .. new[] { chain.Text("ca_cert"), chain.Text("root_cert") }.Select(Load).OfType<X509Certificate2>()],
                algorithm, Settings.MaxHashes, SignerNeeds.None);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    // PEM, or base64 of DER.
    private static X509Certificate2? Load(string text)
    {
        try
        {
            return text.Contains("-----BEGIN", StringComparison.Ordinal) ? X509Certificate2.CreateFromPem(text)
                : JsonReading.Bytes(text) is { } der ? X509CertificateLoader.LoadCertificate(der) : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    [LoggerMessage(5083, LogLevel.Error, "SmartCA refuses this platform's own credentials (Providers:SmartCa:SpId, SpPassword)")]
    private static partial void NotAccepted(ILogger log);
}
