using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace HaLong.Signatures.Providers.SmartCa;

/// <summary>Who asks; part of every request. It does not show, whatever prints it.</summary>
internal record SmartCaCaller(
    [property: JsonPropertyName("sp_id")] string SpId,
    [property: JsonPropertyName("sp_password")] string SpPassword)
{
    public sealed override string ToString() => GetType().Name;
}

/// <summary>Asks for the certificates of a person.</summary>
internal sealed record SmartCaCertificateQuery(
    string SpId, string SpPassword,
    [property: JsonPropertyName("user_id")] string UserId,
    [property: JsonPropertyName("serial_number")] string SerialNumber,
    [property: JsonPropertyName("transaction_id")] string TransactionId) : SmartCaCaller(SpId, SpPassword);

/// <summary>Asks a person to sign.</summary>
internal sealed record SmartCaSignRequest(
    string SpId, string SpPassword,
    [property: JsonPropertyName("user_id")] string UserId,
    [property: JsonPropertyName("transaction_id")] string TransactionId,
    [property: JsonPropertyName("transaction_desc")] string Description,
    [property: JsonPropertyName("serial_number")] string SerialNumber,
    [property: JsonPropertyName("time_stamp")] string TimeStamp,
    [property: JsonPropertyName("sign_files")] IReadOnlyList<SmartCaFile> Files) : SmartCaCaller(SpId, SpPassword)
{
    public static string Moment(DateTimeOffset now) => now.UtcDateTime.ToString("yyyyMMddHHmmss'Z'", CultureInfo.InvariantCulture);
}

/// <param name="DocId">Ours, unique in the order; signatures come back under it.</param>
/// <param name="FileType">Shown to nobody.</param>
/// <param name="SignType">Only hashes leave this service.</param>
/// <param name="Data">SHA-256, hex.</param>
internal sealed record SmartCaFile(
    [property: JsonPropertyName("doc_id")] string DocId,
    [property: JsonPropertyName("file_type")] string FileType,
    [property: JsonPropertyName("sign_type")] string SignType,
    [property: JsonPropertyName("data_to_be_signed")] string Data);

/// <summary>
/// What an answer of the gateway, or a notice of it, says of an order. Both ids are kept apart by name: <c>transaction_id</c> is ours, <c>tran_code</c> is theirs.
/// </summary>
/// <param name="State">How the order stands; null when it does not say.</param>
/// <param name="Code">Its own word for what went wrong.</param>
/// <param name="TransactionId">Ours.</param>
/// <param name="TranCode">Theirs.</param>
/// <param name="Signatures">By document id.</param>
internal sealed record SmartCaTold(HashState? State, string Code, string TransactionId, string TranCode, IReadOnlyDictionary<string, byte[]> Signatures)
{
    private static readonly Dictionary<string, (HashState State, string Code)> Words = new(StringComparer.OrdinalIgnoreCase)
    {
        ["pending"] = (HashState.Pending, ""),
        ["sig_wait_for_user_confirm"] = (HashState.Pending, ""),
        ["waiting_for_signer_confirm"] = (HashState.Pending, ""),
        ["completed"] = (HashState.Signed, ""),
        ["expired"] = (HashState.Expired, "EXPIRED"),
        ["4002"] = (HashState.Declined, "SIGNER_REJECTED"),
        ["signer_rejected"] = (HashState.Declined, "SIGNER_REJECTED"),
        ["4003"] = (HashState.Failed, "AUTHORIZE_KEY_FAILED"),
        ["authorize_key_failed"] = (HashState.Failed, "AUTHORIZE_KEY_FAILED"),
        ["4004"] = (HashState.Failed, "SIGN_FAILED"),
        ["sign_failed"] = (HashState.Failed, "SIGN_FAILED"),
        ["failed"] = (HashState.Failed, "SIGN_FAILED"),
        ["credential_status_invalid"] = (HashState.Failed, "CREDENTIAL_STATUS_INVALID"),
    };

    /// <summary>From an answer (<c>{…, data:{…}}</c>) or a notice (flat).</summary>
    public static SmartCaTold Read(JsonElement? root)
    {
        var data = root.Member("data") is { ValueKind: JsonValueKind.Object } inner ? inner : root;
        var signatures = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        foreach (var item in data.Items("signatures").Concat(data.Items("signed_files")))
        {
            var (id, value) = (((JsonElement?)item).Text("doc_id"), ((JsonElement?)item).Text("signature_value"));
            // The first one under an id counts; one that cannot be read counts as left out.
            if (JsonReading.Bytes(value) is { } bytes)
                signatures.TryAdd(id, bytes);
        }

        var (state, code) = Word(root, data, signatures.Count > 0);
        return new SmartCaTold(state, code, data.Text("transaction_id"), data.Text("tran_code"), signatures);
    }

    // The most telling word first: a code, then a state, then the message.
    private static (HashState?, string) Word(JsonElement? root, JsonElement? data, bool hasSignatures)
    {
        foreach (var word in new[] { root.Text("code"), data.Text("code"), root.Text("error_code"), data.Text("status"), root.Text("status"), root.Text("status_code"), root.Text("message") })
            if (Words.TryGetValue(word, out var known))
                return known;
        return hasSignatures ? (HashState.Signed, "") : (null, "");
    }
}
