using System.Buffers.Binary;
using System.Text;

namespace AiApp.Integration.Tests.ServiceDefaults;

/// <summary>One message as it came over the wire, field by field; enough to look into what OTLP sends.</summary>
internal sealed class Protobuf
{
    private readonly List<(int Field, byte[] Bytes, ulong Number)> _fields = [];

    public Protobuf(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            var tag = ReadVarint(ref bytes);
            var field = (int)(tag >> 3);
            switch (tag & 7)
            {
                case 0:
                    _fields.Add((field, [], ReadVarint(ref bytes)));
                    break;
                case 1:
                    _fields.Add((field, [], BinaryPrimitives.ReadUInt64LittleEndian(bytes)));
                    bytes = bytes[8..];
                    break;
                case 2:
                    var length = (int)ReadVarint(ref bytes);
                    _fields.Add((field, bytes[..length].ToArray(), 0));
                    bytes = bytes[length..];
                    break;
                case 5:
                    _fields.Add((field, [], BinaryPrimitives.ReadUInt32LittleEndian(bytes)));
                    bytes = bytes[4..];
                    break;
                default:
                    throw new InvalidDataException($"Wire type {tag & 7}.");
            }
        }
    }

    public IEnumerable<Protobuf> Messages(params int[] path) => path is [var field, .. var rest]
        ? _fields.Where(known => known.Field == field).Select(known => new Protobuf(known.Bytes)).SelectMany(inner => inner.Messages(rest))
        : [this];

    public string Text(int field) => Encoding.UTF8.GetString(_fields.FirstOrDefault(known => known.Field == field).Bytes ?? []);

    public string Bytes(int field) => Convert.ToHexString(_fields.FirstOrDefault(known => known.Field == field).Bytes ?? []);

    public ulong Number(int field) => _fields.FirstOrDefault(known => known.Field == field).Number;

    public double Double(int field) => BitConverter.UInt64BitsToDouble(Number(field));

    /// <summary>Of a span or a data point: text, whole numbers and fractions as text.</summary>
    public Dictionary<string, string> Attributes(int field) => Messages(field).ToDictionary(pair => pair.Text(1), pair => Value(pair.Messages(2).First()));

    private static string Value(Protobuf any) => any._fields switch
    {
        [(1, var text, _)] => Encoding.UTF8.GetString(text),
        [(4, _, var bits)] => BitConverter.UInt64BitsToDouble(bits).ToString(System.Globalization.CultureInfo.InvariantCulture),
        [(_, _, var number)] => number.ToString(System.Globalization.CultureInfo.InvariantCulture),
        _ => "",
    };

    private static ulong ReadVarint(ref ReadOnlySpan<byte> bytes)
    {
        var (value, shift) = (0UL, 0);
        while (true)
        {
            var next = bytes[0];
            bytes = bytes[1..];
            value |= (ulong)(next & 0x7F) << shift;
            if ((next & 0x80) == 0)
            {
                return value;
            }
            shift += 7;
        }
    }
}
