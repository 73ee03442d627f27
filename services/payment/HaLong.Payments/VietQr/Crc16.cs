namespace HaLong.Payments.VietQr;

/// <summary>CRC-16/CCITT-FALSE: polynomial 0x1021, start 0xFFFF, no reflection, no final xor.</summary>
internal static class Crc16
{
    public static ushort Of(ReadOnlySpan<char> ascii)
    {
        ushort crc = 0xFFFF;
        foreach (var c in ascii)
        {
            crc ^= (ushort)((byte)c << 8);
            for (var bit = 0; bit < 8; bit++)
                crc = (ushort)((crc & 0x8000) != 0 ? (crc << 1) ^ 0x1021 : crc << 1);
        }

        return crc;
    }

    /// <summary>Four upper-case hexadecimal digits, as tag 63 carries them.</summary>
    public static string Hex(ReadOnlySpan<char> ascii) => Of(ascii).ToString("X4", System.Globalization.CultureInfo.InvariantCulture);
}
