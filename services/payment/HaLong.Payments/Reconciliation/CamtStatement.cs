using System.Xml;
using System.Xml.Linq;

namespace HaLong.Payments.Reconciliation;

/// <summary>
/// Statements as ISO 20022 camt.053, versions 001.02 and 001.08, entry by entry. Nothing outside the file is ever read: document types, entities and
/// resolvers are off. A batch becomes one movement for each transaction in it.
/// </summary>
internal static class CamtStatement
{
    private const string Namespace = "urn:iso:std:iso:20022:tech:xsd:";
    private static readonly string[] Versions = ["camt.053.001.02", "camt.053.001.08"];
    private static readonly XmlReaderSettings Hardened = new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        MaxCharactersInDocument = ImportFile.MostBytes,
        MaxCharactersFromEntities = 1,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
        IgnoreWhitespace = true,
    };

    public static StatementDraft? Read(Stream content, Faults faults)
    {
        try
        {
            using var reader = XmlReader.Create(content, Hardened);
            reader.MoveToContent();
            var version = Versions.FirstOrDefault(v => reader.NamespaceURI == Namespace + v);
            if (version is null || reader.LocalName != "Document")
            {
                faults.Add(1, "Không phải camt.053.001.02 hoặc camt.053.001.08.", "Neither camt.053.001.02 nor camt.053.001.08.");
                return null;
            }
            return new Statement(version, faults).Read(reader);
        }
        catch (XmlException e)
        {
            faults.Add(Math.Max(1, e.LineNumber), "Tệp XML không hợp lệ.", "The XML cannot be read.");
            return null;
        }
    }

    private sealed class Statement(string version, Faults faults)
    {
        private readonly List<EntryDraft> entries = [];
        private string? account;
        private string? bin;
        private DateOnly? from;
        private DateOnly? to;
        private long? opening;
        private long? closing;
        private int statements;

        public StatementDraft? Read(XmlReader reader)
        {
            var lines = (IXmlLineInfo)reader;
            reader.Read();
            while (!reader.EOF && entries.Count <= StatementDraft.MostEntries)
            {
                if (reader.NodeType != XmlNodeType.Element || reader.LocalName is "BkToCstmrStmt" or "Stmt")
                {
                    statements += reader is { NodeType: XmlNodeType.Element, LocalName: "Stmt" } ? 1 : 0;
                    reader.Read();
                    continue;
                }
                var line = lines.LineNumber;
                // Each child of the statement by itself: a large file never stands in memory as a tree.
                Take(new CamtPart((XElement)XNode.ReadFrom(reader), line, faults));
            }
            if (statements != 1 || account is null || opening is null || closing is null)
            {
                faults.Add(1, "Tệp phải có một sao kê với tài khoản, số dư đầu (OPBD/PRCD) và cuối (CLBD).", "One statement is needed, with account, opening (OPBD or PRCD) and closing (CLBD) balance.");
                return null;
            }
            if (entries.Count > StatementDraft.MostEntries)
                faults.Add(1, "Tệp quá nhiều dòng.", "The file has too many entries.");
            var last = to ?? entries.Max(e => (DateOnly?)e.BookedOn) ?? default;
            return new StatementDraft(version, bin, account, from ?? entries.Min(e => (DateOnly?)e.BookedOn) ?? last, last, opening, closing, entries);
        }

        private void Take(CamtPart part)
        {
            switch (part.Name)
            {
                case "Acct":
                    account = part.Text("Id", "IBAN") ?? part.Text("Id", "Othr", "Id");
                    // Banks also have numbers of other systems here, which say nothing to us.
                    bin = part.Text("Svcr", "FinInstnId", "ClrSysMmbId", "MmbId") is { Length: 6 } six ? six : null;
                    if (part.Text("Ccy") is { } currency && currency != "VND")
                        part.Fault("Tiền tệ phải là VND.", "The currency must be VND.");
                    break;
                case "FrToDt":
                    (from, to) = (part.Day("FrDtTm"), part.Day("ToDtTm"));
                    break;
                case "Bal" when part.Text("Tp", "CdOrPrtry", "Cd") is "OPBD" or "PRCD":
                    opening = part.Signed(part.Amount("Amt"));
                    break;
                case "Bal" when part.Text("Tp", "CdOrPrtry", "Cd") == "CLBD":
                    (closing, to) = (part.Signed(part.Amount("Amt")), to ?? part.Day("Dt"));
                    break;
                case "Ntry":
                    // What is pending or for information only is no movement.
                    if ((part.Text("Sts", "Cd") ?? part.Text("Sts")) == "BOOK")
                        entries.AddRange(part.Entries());
                    break;
            }
        }
    }
}
