namespace HaLong.Portal.Design;

/// <summary>A receipt that is not sealed yet, and the way back in words.</summary>
public sealed record ReceiptWaitModel(string Back, string Words);
