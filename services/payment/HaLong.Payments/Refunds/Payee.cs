using HaLong.ServiceDefaults;

namespace HaLong.Payments.Refunds;

/// <summary>The account to which money goes back.</summary>
/// <param name="Bin">Bank identification number, six digits.</param>
/// <param name="Account">1 to 19 letters and digits.</param>
/// <param name="Name">Holder.</param>
internal sealed record Payee(string Bin, string Account, string Name)
{
    /// <summary>Adds what is wrong with an input to an error.</summary>
    public static Error Check(PayeeInput? input, Error error)
    {
        if (input?.Bin is not { Length: 6 } bin || !bin.All(char.IsAsciiDigit))
            error = error.WithField("payee.bin", "Sáu chữ số.", "Six digits.");
        if (input?.Account is not { Length: >= 1 and <= 19 } account || !account.All(char.IsAsciiLetterOrDigit))
            error = error.WithField("payee.account", "Từ 1 đến 19 chữ và số.", "1 to 19 letters and digits.");
        if (string.IsNullOrWhiteSpace(input?.Name) || input.Name.Length > 100)
            error = error.WithField("payee.name", "Từ 1 đến 100 ký tự.", "1 to 100 characters.");
        return error;
    }
}

/// <summary>A payee as it comes in; see <see cref="Payee.Check"/>.</summary>
internal sealed record PayeeInput(string? Bin, string? Account, string? Name)
{
    public Payee ToPayee() => new(Bin ?? "", Account ?? "", VietQr.AsciiText.Fold(Name ?? ""));
}
