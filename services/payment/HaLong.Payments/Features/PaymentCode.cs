using System.Globalization;
using HaLong.Payments.Domain;
using HaLong.Payments.VietQr;

namespace HaLong.Payments.Features;

/// <summary>The VietQR code of a payment request.</summary>
internal static class PaymentCode
{
    /// <summary>
    /// The reference stands twice: as bill number, and alone as purpose of the transfer, where nothing else can push it
    /// out when a bank cuts the text.
    /// </summary>
    public static string Of(PaymentRequest payment)
    {
        var fault = VietQrEncoder.TryEncode(
            new VietQrPayload
            {
                Initiation = Initiation.Dynamic,
                Bin = payment.Beneficiary.Bin,
                Account = payment.Beneficiary.Account,
                Target = TransferTarget.Account,
                Amount = payment.Remaining.ToString(CultureInfo.InvariantCulture),
                AdditionalData = new AdditionalData { BillNumber = payment.Reference, Purpose = payment.Reference },
            },
            out var text);
        return fault is null ? text : throw new InvalidOperationException($"Payment {payment.Id} has no code: {fault.Value.Code()}.");
    }
}
