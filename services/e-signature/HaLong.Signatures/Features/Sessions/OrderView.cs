using HaLong.Signatures.Domain.Sessions;
using HaLong.Signatures.Providers;

namespace HaLong.Signatures.Features.Sessions;

/// <summary>What becomes of one document.</summary>
/// <param name="SessionId">Its session.</param>
/// <param name="DocumentId">The document.</param>
/// <param name="State">prepared, answered (the signature is here), signed, failed or skipped.</param>
/// <param name="Code">Why not.</param>
/// <param name="Hash">What a device of one's own has to sign (Base64); only while signatures are needed.</param>
internal sealed record OutcomeView(Guid SessionId, Guid DocumentId, ItemState State, string? Code, string? Hash);

/// <summary>An order at a provider, and what the person does next.</summary>
/// <param name="Id">The order.</param>
/// <param name="Provider">Where.</param>
/// <param name="CredentialId">With what.</param>
/// <param name="State">prepared, begun, answered, done, declined, expired or failed.</param>
/// <param name="Needs">What to give here: pin, oneTimeCode, signatures; none when the provider asks the person itself, or when the order is over.</param>
/// <param name="CodeSentTo">Where a code went, masked.</param>
/// <param name="Until">When the authorisation lapses.</param>
/// <param name="Code">Why there is no signature.</param>
/// <param name="Documents">Each with its outcome.</param>
internal sealed record OrderView(Guid Id, string Provider, string CredentialId, OrderState State, IReadOnlyList<string> Needs, string? CodeSentTo,
    DateTimeOffset Until, string? Code, IReadOnlyList<OutcomeView> Documents)
{
    private static readonly (SignerNeeds Need, string Word)[] AllNeeds =
        [(SignerNeeds.Pin, "pin"), (SignerNeeds.OneTimeCode, "oneTimeCode"), (SignerNeeds.Signatures, "signatures")];

    public static OrderView Of(SigningOrder o)
    {
        var withHash = o.State == OrderState.Begun && ((SignerNeeds)o.Needs).HasFlag(SignerNeeds.Signatures);
        return new OrderView(o.Id, o.Provider, o.CredentialId, o.State, o.State == OrderState.Begun ? Words((SignerNeeds)o.Needs) : [], Given(o.CodeSentTo),
            o.LatestAt, Given(o.Code), [.. o.Items.OrderBy(i => i.Number).Select(i => new OutcomeView(i.SessionId, i.DocumentId, i.State, Given(i.Code),
                withHash && i.State == ItemState.Prepared ? Convert.ToBase64String(i.Hash) : null))]);
    }

    private static string[] Words(SignerNeeds needs) =>
        [.. AllNeeds.Where(n => needs.HasFlag(n.Need)).Select(n => n.Word)];

    private static string? Given(string text) => text.Length > 0 ? text : null;
}
