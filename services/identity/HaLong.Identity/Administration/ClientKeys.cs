using System.Text.Json;
using HaLong.ServiceDefaults;
using Microsoft.AspNetCore.WebUtilities;

namespace HaLong.Identity.Administration;

/// <summary>Judges the keys a client wants to prove itself with: public, strong, told apart by name.</summary>
internal static class ClientKeys
{
    private const int Most = 5;
    private const int LeastRsaBits = 2048;

    private static readonly string[] PrivateParts = ["d", "p", "q", "dp", "dq", "qi", "k", "oth"];

    public static FieldMessage? WhatIsWrong(JsonElement? jwks)
    {
        if (jwks is not { ValueKind: JsonValueKind.Object } set || !set.TryGetProperty("keys", out var keys) || keys.ValueKind != JsonValueKind.Array
            || keys.GetArrayLength() is 0 or > Most || keys.EnumerateArray().Any(k => k.ValueKind != JsonValueKind.Object))
        {
            return new FieldMessage("jwks", "Cần bộ khóa JWKS có 1–5 khóa.", "A JWKS with one to five keys is needed.");
        }

        if (keys.EnumerateArray().Any(k => PrivateParts.Any(p => k.TryGetProperty(p, out _))))
            return new FieldMessage("jwks", "Chỉ gửi khóa công khai; khóa bí mật này coi như đã lộ.", "Send public keys only; treat this private key as leaked.");
        if (keys.EnumerateArray().Any(k => !IsStrong(k)))
            return new FieldMessage("jwks", "Khóa phải là RSA từ 2048 bit hoặc EC P-256, P-384.", "A key must be RSA of 2048 bits or more, or EC P-256 or P-384.");
        var names = keys.EnumerateArray().Select(k => Text(k, "kid")).ToList();
        return names.Exists(string.IsNullOrEmpty) || names.Distinct(StringComparer.Ordinal).Count() < names.Count
            ? new FieldMessage("jwks", "Mỗi khóa cần một kid riêng.", "Each key needs a kid of its own.")
            : null;
    }

    private static bool IsStrong(JsonElement key) => Text(key, "use") is null or "sig" && Text(key, "kty") switch
    {
        "RSA" => Bits(Text(key, "n")) >= LeastRsaBits && Text(key, "e") is not null,
        "EC" => Text(key, "crv") is "P-256" or "P-384" && Text(key, "x") is not null && Text(key, "y") is not null,
        _ => false,
    };

    private static int Bits(string? number)
    {
        try
        {
            return number is null ? 0 : WebEncoders.Base64UrlDecode(number).SkipWhile(b => b == 0).Count() * 8;
        }
        catch (FormatException)
        {
            return 0;
        }
    }

    private static string? Text(JsonElement key, string name) =>
        key.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
