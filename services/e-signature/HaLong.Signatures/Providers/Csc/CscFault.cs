using System.Text.Json;
using HaLong.ServiceDefaults;

namespace HaLong.Signatures.Providers.Csc;

/// <summary>
/// What a CSC server says in <c>error</c> and <c>error_description</c>. The standard fixes the words only in part (v2 §10.1, v1 §11), so they are recognised
/// by what they contain.
/// </summary>
internal static class CscFault
{
    private static readonly (string Word, Error Error)[] Words =
    [
        ("lock", ProviderErrors.Locked),
        ("blocked", ProviderErrors.Locked),
        ("disabled", ProviderErrors.CredentialDisabled),
        ("suspended", ProviderErrors.CredentialDisabled),
        ("revoked", ProviderErrors.CredentialDisabled),
        ("invalid_sad", ProviderErrors.AuthorisationEnded),
        ("invalid parameter sad", ProviderErrors.AuthorisationEnded),
        ("sad expired", ProviderErrors.AuthorisationEnded),
        ("expired", ProviderErrors.AuthorisationEnded),
        ("invalid_otp", ProviderErrors.WrongCode),
        ("otp", ProviderErrors.WrongCode),
        ("invalid_pin", ProviderErrors.WrongPin),
        ("pin", ProviderErrors.WrongPin),
        ("password", ProviderErrors.WrongPin),
        ("numsignatures", ProviderErrors.WrongCount),
        ("multisign", ProviderErrors.WrongCount),
        ("hashalgorithmoid", ProviderErrors.WrongAlgorithm),
        ("signalgo", ProviderErrors.WrongAlgorithm),
        ("credentialid", ProviderErrors.UnknownCredential),
    ];

    /// <summary>The refusal in an answer; null for a good one.</summary>
    public static Error? Of(ProviderAnswer answer)
    {
        if (answer.IsOk)
            return answer.Body is null ? ProviderErrors.Unreadable : null;
        if (answer.Reached != Reached.Answered || answer.IsPassing || answer.Status >= 500)
            return ProviderErrors.Unavailable;
        // The token or this client, not the person.
        if (answer.Status is 401 or 403 && Word(answer.Body) is null)
            return ProviderErrors.NotAccepted;
        return Word(answer.Body) ?? ProviderErrors.Unreadable;
    }

    /// <summary>The provider's own word, for the record; never its description, which may hold what was typed.</summary>
    public static string Code(JsonElement? body) => body.Text("error") is { Length: > 0 and <= 60 } word && word.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-') ? word : "";

    private static Error? Word(JsonElement? body)
    {
        foreach (var text in new[] { body.Text("error"), body.Text("error_description") })
            foreach (var (word, error) in Words)
                if (Says(text, word))
                    return error;
        return null;
    }

    // Short words stand by themselves: "mapping" speaks of no PIN.
    private static bool Says(string text, string word)
    {
        for (var at = 0; (at = text.IndexOf(word, at, StringComparison.OrdinalIgnoreCase)) >= 0; at++)
            if (word.Length > 3 || (!IsLetter(text, at - 1) && !IsLetter(text, at + word.Length)))
                return true;
        return false;
    }

    private static bool IsLetter(string text, int at) => at >= 0 && at < text.Length && char.IsAsciiLetter(text[at]);
}
