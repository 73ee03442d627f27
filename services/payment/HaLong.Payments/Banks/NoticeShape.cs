using HaLong.Payments.Features;
using HaLong.ServiceDefaults;

namespace HaLong.Payments.Banks;

/// <summary>One transfer in each request, signed in its headers: <see cref="BankSignature"/> and <see cref="NoticeBody"/>.</summary>
internal sealed class NoticeShape : IBankShape
{
    public string Name => "notice";

    public int MaxBody => 16 * 1024;

    public Result<SignedNotices> Read(BankRequest request)
    {
        string? signature = request.Headers[BankSignature.SignatureHeader];
        if (BankSignature.Refusal(request.Settings, request.Headers[BankSignature.TimestampHeader], signature, request.Body, request.Now, request.Window) is { } refusal)
            return refusal;
        var notice = NoticeBody.Read(request.Provider, request.Body, request.Now);
        return notice.IsSuccess ? new SignedNotices(signature!, [notice.Value]) : notice.Error; // A signature that holds is there.
    }
}
