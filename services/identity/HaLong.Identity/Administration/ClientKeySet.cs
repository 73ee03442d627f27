using System.Text.Json;
using HaLong.Identity.OpenId.Clients;
using HaLong.ServiceDefaults;

namespace HaLong.Identity.Administration;

/// <summary>Says what is wrong with the keys a client wants to prove itself with, so that its developer can put it right.</summary>
internal static class ClientKeySet
{
    private static readonly string[] PrivateParts = ["d", "p", "q", "dp", "dq", "qi", "k", "oth"];

    public static FieldMessage? WhatIsWrong(JsonElement? jwks)
    {
        if (jwks is not { ValueKind: JsonValueKind.Object } set || !set.TryGetProperty("keys", out var list) || list.ValueKind != JsonValueKind.Array
            || list.EnumerateArray().Any(k => k.ValueKind != JsonValueKind.Object))
        {
            return new FieldMessage("jwks", "Cần bộ khóa JWKS có 1–10 khóa.", "A JWKS with one to ten keys is needed.");
        }

        var keys = list.EnumerateArray().ToList();
        if (keys.Exists(k => PrivateParts.Any(p => k.TryGetProperty(p, out _))))
            return new FieldMessage("jwks", "Chỉ gửi khóa công khai; khóa bí mật này coi như đã lộ.", "Send public keys only; treat this private key as leaked.");
        if (ClientKeys.TryRead(set.GetRawText()) is null || keys.Exists(k => Text(k, "use") is not (null or "sig")))
            return new FieldMessage("jwks", "Cần 1–10 khóa ký RSA từ 2048 bit hoặc EC P-256.", "One to ten signing keys are needed, RSA of 2048 bits or more, or EC P-256.");
        var names = keys.ConvertAll(k => Text(k, "kid"));
        return names.Exists(string.IsNullOrEmpty) || names.Distinct(StringComparer.Ordinal).Count() < names.Count
            ? new FieldMessage("jwks", "Mỗi khóa cần một kid riêng.", "Each key needs a kid of its own.")
            : null;
    }

    private static string? Text(JsonElement key, string name) =>
        key.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
