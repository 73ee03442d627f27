using System.Text.Json;
using HaLong.Identity.Keys;

namespace HaLong.Identity.Registration;

/// <summary>Seals and opens what people filled in.</summary>
internal sealed class RegistrationDrafts(KeyVault vault)
{
    private const string Vault = "registrations";

    public byte[] Seal(Guid id, RegistrationDraft draft) => vault.Seal(Vault, id.ToString("N"), JsonSerializer.SerializeToUtf8Bytes(draft));

    public RegistrationDraft Open(PendingRegistration registration) =>
        JsonSerializer.Deserialize<RegistrationDraft>(vault.Open(Vault, registration.Id.ToString("N"), registration.SealedDraft))
        ?? throw new InvalidOperationException("A registration is empty.");
}
