using System.Security.Cryptography;

namespace HaLong.PartnerLab.Signing;

/// <summary>A signature activation: good for these hashes, once, for three minutes.</summary>
internal sealed record Activation(string CredentialId, IReadOnlyList<string> Hashes, DateTimeOffset Until);

/// <summary>What the simulated remote signing service remembers: tokens, codes on the way, activations, wrong tries.</summary>
internal sealed class CscStore(TimeProvider clock)
{
    private const int MaxTries = 5;
    private readonly Lock gate = new();
    private readonly Dictionary<string, DateTimeOffset> tokens = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> codes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Activation> activations = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> tries = new(StringComparer.Ordinal);

    /// <summary>How often signatures were asked for, by what the client calls the order.</summary>
    public Dictionary<string, int> Signed { get; } = new(StringComparer.Ordinal);

    public string NewToken()
    {
        lock (gate)
        {
            var token = RandomNumberGenerator.GetHexString(40);
            tokens[token] = clock.GetUtcNow().AddHours(1);
            return token;
        }
    }

    public bool IsToken(string? header)
    {
        lock (gate)
            return header is not null && header.StartsWith("Bearer ", StringComparison.Ordinal) && tokens.TryGetValue(header[7..], out var until) && clock.GetUtcNow() < until;
    }

    public string NewCode(string credential)
    {
        lock (gate)
            return codes[credential] = RandomNumberGenerator.GetInt32(0, 1_000_000).ToString("000000", System.Globalization.CultureInfo.InvariantCulture);
    }

    /// <summary>The person's telephone.</summary>
    public string? Code(string credential)
    {
        lock (gate)
            return codes.GetValueOrDefault(credential);
    }

    /// <summary>The error word of a wrong PIN or code; null when both are right, and the code is used up.</summary>
    public string? WhyNot(LabSigner signer, string pin, string code)
    {
        lock (gate)
        {
            if (tries.GetValueOrDefault(signer.CredentialId) >= MaxTries)
                return "credential_locked";
            var wrong = pin != signer.Pin ? "invalid_pin" : !codes.TryGetValue(signer.CredentialId, out var sent) || sent != code ? "invalid_otp" : null;
            tries[signer.CredentialId] = wrong is null ? 0 : tries.GetValueOrDefault(signer.CredentialId) + 1;
            if (wrong is null)
                codes.Remove(signer.CredentialId);
            return wrong;
        }
    }

    public void Unlock()
    {
        lock (gate)
            tries.Clear();
    }

    public string Activate(string credential, IReadOnlyList<string> hashes, bool expired)
    {
        lock (gate)
        {
            var sad = RandomNumberGenerator.GetHexString(48);
            activations[sad] = new Activation(credential, hashes, clock.GetUtcNow().AddMinutes(expired ? -1 : 3));
            return sad;
        }
    }

    /// <summary>The error word; null when the activation covers just this, and is used up.</summary>
    public string? Use(string sad, string credential, IReadOnlyList<string> hashes)
    {
        lock (gate)
        {
            if (!activations.Remove(sad, out var activation) || activation.CredentialId != credential || !activation.Hashes.SequenceEqual(hashes))
                return "invalid_sad";
            return clock.GetUtcNow() < activation.Until ? null : "sad_expired";
        }
    }

    public void Count(string order)
    {
        lock (gate)
            Signed[order] = Signed.GetValueOrDefault(order) + 1;
    }
}
