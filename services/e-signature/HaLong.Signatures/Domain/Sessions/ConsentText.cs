namespace HaLong.Signatures.Domain.Sessions;

/// <summary>What a signer agrees to before he signs. A changed text gets a version of its own, and the log says which was agreed to.</summary>
internal static class ConsentText
{
    public const string Version = "2026-12-01";

    public const string Vi = "Tôi đã xem các tài liệu này và đồng ý ký điện tử. Chữ ký gắn với đúng nội dung mà tôi đã được hiển thị.";

    public const string En = "I have seen these documents and agree to sign them electronically. The signature is bound to the very content I was shown.";
}
